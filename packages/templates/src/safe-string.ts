import nunjucks from 'nunjucks'

/**
 * HTML that is printed as it is. It is Nunjucks' own class, so that the filters Nunjucks brings keep text safe that was.
 * Make one with `markSafe`, never from text that a visitor wrote.
 */
export const SafeString: new (html: string) => SafeString = nunjucks.runtime.SafeString

export interface SafeString {
  readonly length: number
  toString(): string
  valueOf(): string
}

/** Declares that `html` may be printed without escaping. Django's `mark_safe`. */
export function markSafe(html: string): SafeString {
  return new SafeString(html)
}

const special = /[&<>"']/

/** Replaces `& < > " '`, as Django's `escape` does. */
export function escapeHtml(text: string): string {
  const first = text.search(special)
  if (first === -1) return text
  let escaped = ''
  let copied = 0
  for (let index = first; index < text.length; index++) {
    const entity = entityOf(text.charCodeAt(index))
    if (entity === undefined) continue
    escaped += text.slice(copied, index) + entity
    copied = index + 1
  }
  return escaped + text.slice(copied)
}

function entityOf(code: number): string | undefined {
  switch (code) {
    case 38:
      return '&amp;'
    case 60:
      return '&lt;'
    case 62:
      return '&gt;'
    case 34:
      return '&quot;'
    case 39:
      return '&#x27;'
    default:
      return undefined
  }
}

/** HTML for `value`: a `SafeString` as it is, anything else escaped, `null` and `undefined` as nothing. Django's `conditional_escape`. */
export function conditionalEscape(value: unknown): string {
  if (value instanceof SafeString) return value.toString()
  return value === null || value === undefined ? '' : escapeHtml(String(value))
}

/** Builds HTML from a template literal whose values are escaped unless safe: ``html`<b>${name}</b>` ``. Django's `format_html`. */
export function html(strings: TemplateStringsArray, ...values: readonly unknown[]): SafeString {
  return markSafe(strings.reduce((text, part, index) => text + conditionalEscape(values[index - 1]) + part))
}
