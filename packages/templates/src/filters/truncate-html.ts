const voidTags = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'track',
  'wbr',
])
// As in a browser, a comment that nothing closes goes on to the end; looking for its end again and again would take for ever.
const piece = /<!--[\s\S]*?(?:-->|$)|<(\/?)([a-z][a-z0-9-]*)(?:"[^"]*"|'[^']*'|[^'"<>])*?(\/?)>|[^<]+|</gi

/** The first `limit` words of HTML, with `…` after them when there were more, and the tags that are open then closed. */
export function truncateHtmlWords(html: string, limit: number): string {
  if (!(limit > 0)) return ''
  const open: string[] = []
  let kept = ''
  let words = 0
  for (const [text, closing, tag, selfClosing] of html.matchAll(piece)) {
    if (tag === undefined) {
      const rest = text.startsWith('<!--') ? undefined : firstWords(text, limit - words)
      if (rest?.isCut) return `${kept}${rest.text} …${closeAll(open)}`
      words += rest?.count ?? 0
    } else if (closing) {
      const index = open.lastIndexOf(tag.toLowerCase())
      if (index !== -1) open.splice(index)
    } else if (!selfClosing && !voidTags.has(tag.toLowerCase())) {
      open.push(tag.toLowerCase())
    }
    kept += text
  }
  return html
}

/** Up to `limit` words of `text`; `isCut` when there are more than that. */
function firstWords(text: string, limit: number): { text: string; count: number; isCut: boolean } {
  const words = [...text.matchAll(/\S+/g)]
  if (words.length <= limit) return { text, count: words.length, isCut: false }
  const last = words[limit - 1]
  return { text: last ? text.slice(0, last.index + last[0].length) : '', count: limit, isCut: true }
}

function closeAll(open: readonly string[]): string {
  return open
    .toReversed()
    .map((tag) => `</${tag}>`)
    .join('')
}
