/** A cast as PostgreSQL writes it: types of several words are few, and what follows a type of one is no part of it. */
const cast =
  '::\\s*(?:double precision|character varying|bit varying|time(?:stamp)?(?:\\(\\d\\))? with(?:out)? time zone|"(?:[^"]|"")*"|[a-z_][\\w.]*)' +
  '(?:\\(\\d+(?:, ?\\d+)?\\))?(?:\\[\\])*'
const token = new RegExp(`'(?:[^']|'')*'|"(?:[^"]|"")*"|${cast}|[\\s()]+|[\\s\\S]`, 'gi')

/**
 * Whether two pieces of SQL say the same. PostgreSQL tells what it was given in words of its own: with other parentheses, quotes,
 * capitals and casts.
 */
export function sameSql(one: string, other: string): boolean {
  return one === other || plainSql(one) === plainSql(other)
}

function plainSql(sql: string): string {
  return [...sql.matchAll(token)].map(([text]) => plainToken(text)).join('')
}

function plainToken(text: string): string {
  if (text.startsWith("'")) return /^'-?\d+(?:\.\d+)?'$/.test(text) ? text.slice(1, -1) : text
  if (text.startsWith('"')) return text.slice(1, -1).replaceAll('""', '"').toLowerCase()
  if (text.startsWith('::') || /^[\s()]/.test(text)) return ''
  return text.toLowerCase()
}
