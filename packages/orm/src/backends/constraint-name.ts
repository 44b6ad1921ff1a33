import { createHash } from 'node:crypto'

const longestName = 200
const longestIndexName = 30

function digest(length: number, ...names: string[]): string {
  const hash = createHash('md5')
  for (const name of names) hash.update(name)
  return hash.digest('hex').slice(0, length)
}

/** A name may not start with an underscore or a digit; Django puts this letter in front. */
function withLetterFirst(name: string): string {
  return /^[_\d]/.test(name) ? `D${name.slice(0, -1)}` : name
}

/** What stands behind the digits of a name: whether it is unique, for patterns, or a foreign key and where to. */
export type NameSuffix = '' | '_uniq' | '_like' | `_fk_${string}`

/**
 * The name of a field's own index, or with a suffix of a constraint: `blog_post_author_id_dd7a8485`. `longest` is how many
 * characters the database allows a name.
 */
export function columnIndexName(
  table: string,
  columns: readonly string[],
  suffix: NameSuffix = '',
  longest = longestName,
): string {
  let end = `${digest(8, table, ...columns)}${suffix}`
  const name = `${table}_${columns.join('_')}_${end}`
  if (name.length <= longest) return name
  if (end.length > longest / 3) end = end.slice(0, Math.floor(longest / 3))
  const part = Math.floor((longest - end.length) / 2) - 1
  return withLetterFirst(`${table.slice(0, part)}_${columns.join('_').slice(0, part)}_${end}`)
}

/** The name of an index of `indexes` that was given none: `blog_post_publish_4a4e1e_idx`. */
export function modelIndexName(table: string, columns: readonly { name: string; descending: boolean }[]): string {
  const hashed = columns.map(({ name, descending }) => (descending ? `-${name}` : name))
  const end = `${digest(6, table, ...hashed, 'idx')}_idx`
  const name = `${table.slice(0, 11)}_${columns[0]!.name.slice(0, 7)}_${end}`
  return withLetterFirst(name.slice(0, longestIndexName))
}
