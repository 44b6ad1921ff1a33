import { TokenType, tokenize } from '@csstools/css-tokenizer'
import type { Reference } from './reference.ts'

/** Functions of which each text that stands right in them is a URL. */
const urlFunctions = new Set(['url', 'src', 'image-set', '-webkit-image-set'])
const sourceMap = /^\/\*[#@]\s*sourceMappingURL=\s*(\S+?)\s*\*\/$/

/**
 * What a style sheet refers to: `url()`, `src()`, `image-set()`, `@import` and its source map. Comments and the texts of
 * other properties are no references, whatever they hold; the URL of `@namespace` is a name that nobody fetches.
 */
export function cssReferences(text: string): Reference[] {
  const found: Reference[] = []
  const functions: string[] = []
  /** The rule whose prelude is being read. */
  let rule = ''
  for (const token of tokenize({ css: text })) {
    const [type, source, start, end] = token
    if (type === TokenType.Comment) found.push(...mapReference(source, start))
    else if (type === TokenType.AtKeyword) rule = token[4].value.toLowerCase()
    else if (type === TokenType.Function) functions.push(token[4].value.toLowerCase())
    else if (type === TokenType.OpenParen) functions.push('')
    else if (type === TokenType.CloseParen) functions.pop()
    else if (endsPrelude.has(type)) rule = ''
    else if (type === TokenType.URL || type === TokenType.String) {
      const what = type === TokenType.URL ? 'url' : calledBy(functions, rule)
      if (what === undefined || rule === 'namespace') continue
      const write = type === TokenType.URL ? (url: string) => `url(${quoted(url)})` : quoted
      found.push({ start, end: end + 1, url: token[4].value, write, what: rule === 'import' ? '@import' : `${what}()` })
      // What else a rule says after its URL, such as `supports("…")`, names no file.
      if (rule === 'import') rule = 'imported'
    }
  }
  return found
}

const endsPrelude: ReadonlySet<TokenType> = new Set([TokenType.Semicolon, TokenType.OpenCurly, TokenType.CloseCurly])

/** What makes the text at hand a URL. */
function calledBy(functions: readonly string[], rule: string): string | undefined {
  const innermost = functions.at(-1)
  if (innermost === undefined) return rule === 'import' ? rule : undefined
  return urlFunctions.has(innermost) ? innermost : undefined
}

function mapReference(comment: string, start: number): Reference[] {
  const url = sourceMap.exec(comment)?.[1]
  if (url === undefined) return []
  const at = start + comment.indexOf(url, comment.indexOf('=') + 1)
  return [{ start: at, end: at + url.length, url, write: (next) => next, what: 'sourceMappingURL', isOptional: true }]
}

function quoted(url: string): string {
  return `"${url.replaceAll(/["\\]/g, '\\$&').replaceAll(/[\n\r\f]/g, (end) => `\\${end.charCodeAt(0).toString(16)} `)}"`
}
