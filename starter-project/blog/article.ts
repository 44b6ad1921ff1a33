/** A run of text inside a block. */
export type Span =
  | { readonly kind: 'text' | 'emphasis' | 'strong' | 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }

/** A piece of an article, as `blog/_article.html` renders it. */
export type Block =
  | { readonly kind: 'paragraph' | 'heading' | 'quote'; readonly spans: readonly Span[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Span[])[] }
  | { readonly kind: 'code'; readonly text: string }

const fence = '```'

/**
 * Reads the few marks that posts are written with: blank lines between blocks, `## ` headings, `> ` quotes, `- ` lists,
 * fenced code; `*emphasis*`, `**strong**`, `` `code` `` and `[text](address)` inside them. The result is data, not HTML:
 * the template prints it escaped, so nothing a post holds can become markup.
 */
export function parseArticle(source: string): Block[] {
  const blocks: Block[] = []
  for (const [index, part] of source
    .replaceAll('\r\n', '\n')
    .split(/^```.*$/m)
    .entries()) {
    if (index % 2 === 1) blocks.push({ kind: 'code', text: part.replace(/^\n|\n$/g, '') })
    else blocks.push(...part.split(/\n{2,}/).flatMap(parseBlock))
  }
  return blocks
}

/** How many words the article has, code left out. */
export function countWords(source: string): number {
  return source
    .split(fence)
    .filter((_part, index) => index % 2 === 0)
    .join(' ')
    .split(/\s+/)
    .filter((word) => word !== '').length
}

function parseBlock(part: string): Block[] {
  const text = part.trim()
  if (text === '') return []
  if (text.startsWith('## ')) return [{ kind: 'heading', spans: parseSpans(text.slice(3)) }]
  if (text.startsWith('> ')) return [{ kind: 'quote', spans: parseSpans(text.replace(/^> ?/gm, '')) }]
  if (text.startsWith('- ')) {
    const items = text.slice(2).split(/\n- /)
    return [{ kind: 'list', items: items.map((item) => parseSpans(item)) }]
  }
  return [{ kind: 'paragraph', spans: parseSpans(text) }]
}

const marks = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*|\[([^\]]+)\]\(([^)\s]+)\)/g
const safeAddress = /^(https?:\/\/|mailto:|\/(?!\/)|#)/i

function parseSpans(text: string): Span[] {
  const spans: Span[] = []
  let end = 0
  for (const match of text.matchAll(marks)) {
    if (match.index > end) spans.push({ kind: 'text', text: text.slice(end, match.index) })
    spans.push(spanOf(match))
    end = match.index + match[0].length
  }
  if (end < text.length) spans.push({ kind: 'text', text: text.slice(end) })
  return spans
}

function spanOf([whole, code, strong, emphasis, label, href]: RegExpExecArray): Span {
  if (code !== undefined) return { kind: 'code', text: code }
  if (strong !== undefined) return { kind: 'strong', text: strong }
  if (emphasis !== undefined) return { kind: 'emphasis', text: emphasis }
  // An address such as `javascript:` would run in the reader's browser: such a link stays text.
  if (label === undefined || href === undefined || !safeAddress.test(href)) return { kind: 'text', text: whole }
  return { kind: 'link', text: label, href }
}
