import type { Operation } from '../operations/operation.ts'

const longestName = 52

/** A name from what the migration does: `post_summary`, `remove_post_body_and_more`, `initial` for the first of an app. */
export function migrationName(operations: readonly Operation[], initial: boolean): string {
  if (initial) return 'initial'
  const [first, ...rest] = operations.map((operation) => operation.nameFragment).filter((part) => part !== undefined)
  if (first === undefined) return 'custom'
  let name = first
  for (const fragment of rest) {
    if (name.length + 1 + fragment.length > longestName) return `${name}_and_more`
    name = `${name}_${fragment}`
  }
  return name
}
