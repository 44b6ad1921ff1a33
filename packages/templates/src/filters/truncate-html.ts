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
  const open = new OpenTags()
  let kept = ''
  let words = 0
  for (const [text, closing, tag, selfClosing] of html.matchAll(piece)) {
    if (tag === undefined) {
      const rest = text.startsWith('<!--') ? undefined : firstWords(text, limit - words)
      if (rest?.isCut) return `${kept}${rest.text} …${open.closed()}`
      words += rest?.count ?? 0
    } else if (closing) {
      open.close(tag.toLowerCase())
    } else if (!selfClosing && !voidTags.has(tag.toLowerCase())) {
      open.open(tag.toLowerCase())
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

/** The tags that are open. How many there are of each name is known, or a closing tag of none would have them all searched. */
class OpenTags {
  readonly #names: string[] = []
  readonly #counts = new Map<string, number>()

  open(name: string): void {
    this.#names.push(name)
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1)
  }

  /** Closes the innermost of that name, and what is open inside it. */
  close(name: string): void {
    if (!this.#counts.get(name)) return
    let closed: string
    do {
      closed = this.#names.pop()!
      this.#counts.set(closed, this.#counts.get(closed)! - 1)
    } while (closed !== name)
  }

  /** What closes them all. */
  closed(): string {
    return this.#names
      .toReversed()
      .map((name) => `</${name}>`)
      .join('')
  }
}
