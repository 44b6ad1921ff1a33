import { conditionalEscape, escapeHtml, html, markSafe, type SafeString } from '../safe-string.ts'
import { keepSafe, textOf } from './filter-text.ts'
import { truncateHtmlWords } from './truncate-html.ts'
import { urlize } from './urlize.ts'

const breaks = /\r\n|\r|\n/g

function linebreaks(value: unknown): SafeString {
  const paragraphs = conditionalEscape(value)
    .replace(breaks, '\n')
    .split(/\n{2,}/)
  return markSafe(paragraphs.map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br>')}</p>`).join('\n\n'))
}

const stripLimit = 50

/**
 * Until nothing is left that looks like a tag: taking out one tag may join the halves of another. Text that is nested
 * deeper than anybody writes loses every `<` that is left, rather than take for ever.
 */
function stripTags(value: unknown): string | SafeString {
  let text = textOf(value)
  for (let round = 0; round < stripLimit; round++) {
    const stripped = withoutComments(text).replace(/<\/?[a-z!?][^<>]*>/gi, '')
    if (stripped === text) return keepSafe(value, text)
    text = stripped
  }
  return keepSafe(value, text.replaceAll('<', ''))
}

function withoutComments(text: string): string {
  let kept = ''
  let position = 0
  for (;;) {
    const start = text.indexOf('<!--', position)
    const end = start === -1 ? -1 : text.indexOf('-->', start + 4)
    if (end === -1) return kept + text.slice(position)
    kept += text.slice(position, start)
    position = end + 3
  }
}

const scriptEscapes: Readonly<Record<string, string>> = { '<': '\\u003C', '>': '\\u003E', '&': '\\u0026' }

/** JSON inside a `<script type="application/json">`, safe against `</script>`. */
function jsonScript(value: unknown, elementId?: unknown): SafeString {
  const json = (JSON.stringify(value ?? null) ?? 'null').replace(/[<>&]/g, (character) => scriptEscapes[character]!)
  const id = elementId === undefined || elementId === null ? markSafe('') : html` id="${elementId}"`
  return html`<script${id} type="application/json">${markSafe(json)}</script>`
}

/** For the inside of a JavaScript string: every character that could end it, or the script, as `\uXXXX`. */
function escapeJs(value: unknown): SafeString {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters have to be escaped too
  const unsafe = /[\\'"<>&=\-;`\u2028\u2029\x00-\x1f]/g
  const hex = (character: string): string => character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
  return markSafe(textOf(value).replace(unsafe, (character) => `\\u${hex(character)}`))
}

const escapeFilter = (value: unknown): SafeString => markSafe(conditionalEscape(value))
const forceEscape = (value: unknown): SafeString => markSafe(escapeHtml(textOf(value)))

export const htmlFilters = {
  escape: escapeFilter,
  e: escapeFilter,
  forceescape: forceEscape,
  force_escape: forceEscape,
  escapejs: escapeJs,
  json_script: jsonScript,
  linebreaks,
  linebreaksbr: (value: unknown) => markSafe(conditionalEscape(value).replace(breaks, '<br>')),
  striptags: stripTags,
  truncatewords_html: (value: unknown, limit: unknown) =>
    keepSafe(value, truncateHtmlWords(textOf(value), Number(limit))),
  urlize: (value: unknown) => urlize(value),
  urlizetrunc: (value: unknown, limit: unknown) => urlize(value, Number(limit)),
}
