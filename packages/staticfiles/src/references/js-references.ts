import { init, parse } from 'es-module-lexer'
import type { Reference } from './reference.ts'

/** `new URL('…', ` right before `import.meta`. The text has no escapes and no substitutions, so it is the URL as it stands. */
const urlBefore = /\bnew\s+URL\s*\(\s*((["'`])([^"'`\\\n$]+)\2)\s*,\s*$/
const sourceMap = /^[ \t]*\/\/[#@][ \t]*sourceMappingURL=[ \t]*(\S+)[ \t]*$/gm

/**
 * What a script refers to: `import`, `export … from`, `import()` of a text, `new URL('…', import.meta.url)` and its source
 * map. Names of packages (`'react'`) are none, an import map finds those. Throws what the lexer throws for what is no script.
 */
export async function jsReferences(text: string): Promise<Reference[]> {
  await init
  const found: Reference[] = []
  for (const item of parse(text)[0]) {
    if (item.type === 'import-meta') {
      const url = newUrl(text, item.start, item.end)
      if (url !== undefined) found.push(url)
    } else if (item.specifier !== undefined && !('glob' in item && item.glob) && /^\.{0,2}\//.test(item.specifier)) {
      // The lexer's ends are inside the quotes of a statement, and outside those of a call.
      const inside = item.type === 'dynamic' ? 0 : 1
      const what = item.type === 'dynamic' ? 'import()' : item.type === 'static' ? 'import' : 'export from'
      const [start, end] = [item.start - inside, item.end + inside]
      found.push({ start, end, url: item.specifier, write: quotedAs(text[start]!), what })
    }
  }
  const map = text.includes('sourceMappingURL') ? [...text.matchAll(sourceMap)].at(-1) : undefined
  if (map !== undefined) found.push(mapReference(map))
  return found
}

function newUrl(text: string, start: number, end: number): Reference | undefined {
  if (!/^\s*\.\s*url\b/.test(text.slice(end, end + 100))) return undefined
  const match = urlBefore.exec(text.slice(Math.max(0, start - 2000), start))
  if (match === null) return undefined
  const [whole, literal, quote, url] = match as unknown as [string, string, string, string]
  const at = start - whole.length + whole.indexOf(literal)
  return { start: at, end: at + literal.length, url, write: quotedAs(quote), what: 'new URL()' }
}

function mapReference(match: RegExpExecArray): Reference {
  const url = match[1]!
  const start = match.index + match[0].lastIndexOf(url)
  return { start, end: start + url.length, url, write: (next) => next, what: 'sourceMappingURL', isOptional: true }
}

/** As a text with the quotes that stood there: a minifier's choice may matter to what the script is embedded in. */
function quotedAs(quote: string): (url: string) => string {
  if (quote !== "'" && quote !== '"') return (url) => JSON.stringify(url)
  return (url) =>
    quote + JSON.stringify(url).slice(1, -1).replaceAll('\\"', '"').replaceAll(quote, `\\${quote}`) + quote
}
