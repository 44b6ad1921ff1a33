import type { Operation } from '../operations/operation.ts'

const longestName = 52
/** What a file system takes for sure, with number and ending. */
const longestFragment = 200

/** A name from what the migration does: `post_summary`, `remove_post_body_and_more`, `initial` for the first of an app. */
export function migrationName(operations: readonly Operation[], initial: boolean): string {
  if (initial) return 'initial'
  const [first, ...rest] = operations.flatMap(({ nameFragment }) => fileName(nameFragment ?? '') ?? [])
  if (first === undefined) return 'custom'
  let name = first
  for (const fragment of rest) {
    if (name.length + 1 + fragment.length > longestName) return `${name}_and_more`
    name = `${name}_${fragment}`
  }
  return name
}

/** A name as a file may have it that is read as a migration: in letters without accents, digits and underscores. */
function fileName(fragment: string): string | undefined {
  const plain = fragment.normalize('NFKD').replace(/\p{M}/gu, '').replace(/\W+/g, '_')
  return plain.replace(/^_+|_+$/g, '').slice(0, longestFragment) || undefined
}
