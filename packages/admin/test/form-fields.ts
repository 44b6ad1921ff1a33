import type { TestResponse } from '@nuages/testing'

/** What a browser would send of the form of a change page, or of a list with columns to edit, as it was opened. */
export function formFields(response: TestResponse): Record<string, string | string[]> {
  const html = response.text()
  const forms = [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)]
  const form =
    forms.find(([, tag, inner]) => tag!.includes('data-main-form') || inner!.includes('-TOTAL_FORMS'))?.[2] ?? ''
  const sent: [string, string][] = []
  const visible = form.replace(/<template[\s\S]*?<\/template>/g, '')
  for (const [tag, inner] of elements(visible)) {
    const name = attribute(tag, 'name')
    if (name === undefined || tag.startsWith('<button')) continue
    if (tag.startsWith('<textarea')) sent.push([name, decoded(inner.replace(/^\n/, ''))])
    else if (tag.startsWith('<select')) sent.push(...selected(inner).map((value): [string, string] => [name, value]))
    else if (!/type="(?:checkbox|radio)"/.test(tag) || /\schecked\b/.test(tag)) {
      sent.push([name, decoded(attribute(tag, 'value') ?? (/type="checkbox"/.test(tag) ? 'on' : ''))])
    }
  }
  const byName = Map.groupBy(sent, ([name]) => name)
  return Object.fromEntries(
    [...byName].map(([name, pairs]) => [name, pairs.length === 1 ? pairs[0]![1] : pairs.map(([, value]) => value)]),
  )
}

function* elements(html: string): Iterable<readonly [tag: string, inner: string]> {
  const pattern = /(<input\b[^>]*>)|(<(textarea|select)\b[^>]*>)([\s\S]*?)<\/\3>/g
  for (const [, input, open, , inner] of html.matchAll(pattern)) yield [(input ?? open)!, inner ?? '']
}

function selected(options: string): string[] {
  const all = [...options.matchAll(/<option\b([^>]*)>/g)].map(([, attributes]) => attributes!)
  const chosen = all.filter((attributes) => /\sselected\b/.test(attributes))
  const sent = chosen.length > 0 ? chosen : all.slice(0, 1)
  return sent.map((attributes) => decoded(attribute(attributes, 'value') ?? ''))
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
}

function decoded(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&')
}
