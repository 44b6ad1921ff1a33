import { Field, type ModelMeta, snakeCase } from '@nuages/orm'

/** What people call the field or relation at the end of a path. */
export function calledAt(meta: ModelMeta, names: readonly string[]): string {
  const [name, ...rest] = names as [string, ...string[]]
  const member = meta.member(name)
  const target = meta.relation(name)?.target
  if (rest.length > 0 && target) return calledAt(target, rest)
  return member instanceof Field ? member.verboseName : snakeCase(name).replaceAll('_', ' ')
}

/** `'Published at'` for `'published at'`. Django's `capfirst`. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
