import { Field, type ModelMeta, snakeCase } from '@nuages/orm'

/** What people call what a path leads to: `'published at'`, `'author name'`. */
export function calledAt(meta: ModelMeta, names: readonly string[]): string {
  const [name, ...rest] = names as [string, ...string[]]
  const member = meta.member(name)
  const target = meta.relation(name)?.target
  const own = member instanceof Field ? member.verboseName : snakeCase(name).replaceAll('_', ' ')
  return rest.length > 0 && target ? `${own} ${calledAt(target, rest)}` : own
}

/** `'Published at'` for `'published at'`. Django's `capfirst`. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
