import type { FoundMessage } from './found-message.ts'

/** The functions that translate, and what their first arguments are. */
const functions: Readonly<Record<string, readonly ('context' | 'message' | 'plural')[]>> = {
  gettext: ['message'],
  gettextLazy: ['message'],
  _: ['message'],
  pgettext: ['context', 'message'],
  pgettextLazy: ['context', 'message'],
  ngettext: ['message', 'plural'],
  ngettextLazy: ['message', 'plural'],
  npgettext: ['context', 'message', 'plural'],
}

const call = new RegExp(`(?<![\\w$.])(${Object.keys(functions).join('|')})\\s*\\(`, 'g')

/** The messages that a source of TypeScript or JavaScript, or an expression of a template, translates: those written as literals. */
export function sourceMessages(source: string): FoundMessage[] {
  const found: FoundMessage[] = []
  for (const match of source.matchAll(call)) {
    if (isInComment(source, match.index)) continue
    const message: { context?: string; message?: string; plural?: string } = {}
    let position = match.index + match[0].length
    for (const part of functions[match[1]!]!) {
      const literal = readLiteral(source, position)
      if (literal === undefined) break
      message[part] = literal.text
      position = literal.end
    }
    if (message.message === undefined) continue
    found.push({ ...message, message: message.message, line: lineAt(source, match.index) })
  }
  return found
}

/** Examples stand in comments; a line that begins as one is taken for one. */
function isInComment(source: string, index: number): boolean {
  const start = source.lastIndexOf('\n', index) + 1
  return /^\s*(\*|\/\/|\/\*)/.test(source.slice(start, index)) || /\s\/\/ .*$/.test(source.slice(start, index))
}

export function lineAt(source: string, index: number): number {
  let line = 1
  for (let at = source.indexOf('\n'); at !== -1 && at < index; at = source.indexOf('\n', at + 1)) line += 1
  return line
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', 0: '\0' }

/** A literal at `position`, those that `+` joins included, and where the next argument begins; nothing where there is another expression. */
function readLiteral(source: string, position: number): { readonly text: string; readonly end: number } | undefined {
  const literal = /\s*(?:'((?:[^'\\\n]|\\[\s\S])*)'|"((?:[^"\\\n]|\\[\s\S])*)"|`((?:[^`\\$]|\\[\s\S]|\$(?!\{))*)`)\s*/y
  let text = ''
  for (let at = position; ; ) {
    literal.lastIndex = at
    const match = literal.exec(source)
    if (match === null) return undefined
    text += unescaped(match[1] ?? match[2] ?? match[3] ?? '')
    const next = source[literal.lastIndex]
    if (next !== '+') return next === ',' || next === ')' ? { text, end: literal.lastIndex + 1 } : undefined
    at = literal.lastIndex + 1
  }
}

export function unescaped(text: string): string {
  return text.replace(
    /\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|[\s\S]))/g,
    (_, braced: string | undefined, four: string | undefined, two: string | undefined, other: string) => {
      const code = braced ?? four ?? two
      if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16))
      return other === '\n' || other === '\r\n' ? '' : (escapes[other] ?? other)
    },
  )
}
