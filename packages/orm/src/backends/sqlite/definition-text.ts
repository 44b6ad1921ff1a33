// Reads SQL as SQLite keeps it: the text of CREATE TABLE and CREATE INDEX. Text in quotes is nothing but itself.

const token =
  /"(?:[^"]|"")*"|'(?:[^']|'')*'|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?\*\/|[\w$\u0080-\uffff]+|[\s\S]/g

/** SQL as it was written, what was said to people left out: SQLite keeps that too. */
export function withoutComments(sql: string): string {
  return sql.replace(token, (text) => (/^(?:--|\/\*)/.test(text) ? ' ' : text))
}

/** The parts of `CREATE … (a, b, c)`, split at the commas outside parentheses and quotes. */
export function splitParts(sql: string): string[] {
  const parts: string[] = []
  let depth = 0
  let part = ''
  for (const [text] of sql.matchAll(token)) {
    if (text === ')') depth--
    if (depth === 0 && text === ')') {
      if (part.trim() !== '') parts.push(part.trim())
      return parts
    }
    if (depth === 1 && text === ',') {
      parts.push(part.trim())
      part = ''
    } else if (depth > 0) part += text
    if (text === '(') depth++
  }
  return parts
}

/** The name that a definition starts with. */
export function firstName(definition: string): string {
  const [text = ''] = definition.match(token) ?? []
  const quote = text[0] ?? ''
  if (quote === '[') return text.slice(1, -1)
  if (!['"', '`', "'"].includes(quote)) return /^[\w$\u0080-\uffff]/.test(text) ? text : ''
  return text.slice(1, -1).replaceAll(quote + quote, quote)
}

/** What follows the name that a definition starts with. */
export function afterName(definition: string): string {
  const [text = ''] = definition.match(token) ?? []
  return definition.slice(text.length).trimStart()
}

/** What follows a word that stands outside parentheses and quotes, or `undefined` where there is no such word. */
export function restAfter(definition: string, word: string): string | undefined {
  let depth = 0
  for (const { 0: text, index } of definition.matchAll(token)) {
    if (text === '(') depth++
    else if (text === ')') depth--
    else if (depth === 0 && text.toUpperCase() === word) return definition.slice(index + text.length).trimStart()
  }
  return undefined
}

/** What stands in the parentheses that a definition starts with, or that follow a word of it. */
export function inParentheses(definition: string, word?: string): string | undefined {
  const rest = word === undefined ? definition : restAfter(definition, word)
  if (!rest?.startsWith('(')) return undefined
  let depth = 0
  for (const { 0: text, index } of rest.matchAll(token)) {
    if (text === '(') depth++
    else if (text === ')' && --depth === 0) return rest.slice(1, index)
  }
  return undefined
}
