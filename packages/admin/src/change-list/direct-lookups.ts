import { Field, ForeignKeyField, type ModelMeta } from '@nuages/orm'
import type { DisplayColumn } from '../columns/display-column.ts'
import { followLookup } from '../filters/query-condition.ts'
import { BadListQuery } from './bad-list-query.ts'

/**
 * Refuses a parameter that no filter owns, unless it asks for what the list shows or for the key of a relation: a link may
 * lead to the comments of one post, but nobody guesses a password's hash letter by letter. Django's `lookup_allowed`.
 */
export function checkDirectLookup(
  meta: ModelMeta,
  name: string,
  columns: readonly DisplayColumn[],
  filtered: readonly string[],
): void {
  const { field, rest } = followLookup(meta, name)
  const names = name.split('__')
  const path = names.slice(0, names.length - rest.length).join('__')
  const isOwn = names.length - rest.length === 1
  const isOwnKey = isOwn && (field === meta.pk || field instanceof ForeignKeyField)
  const first = meta.member(names[0]!)
  const isKeyOfRelation = !(first instanceof Field && !(first instanceof ForeignKeyField)) && leadsToKey(meta, path)
  // A column that a function makes may be called like a field and show less of it.
  const isOfModel = (column: DisplayColumn): boolean => column.field === field || column.target !== undefined
  const isShown = columns.some((column) => column.name === path && isOfModel(column)) || filtered.includes(path)
  if (!isOwnKey && !isKeyOfRelation && !isShown) {
    throw new BadListQuery(`'${name}' is not among what the list of ${meta.name} is filtered by.`)
  }
}

/** `'author'`, `'author__id'`: one relation, and the key of the other model at most. */
function leadsToKey(meta: ModelMeta, path: string): boolean {
  const [relation, key, ...more] = path.split('__')
  const target = meta.relation(relation!)?.target
  return target !== undefined && more.length === 0 && (key === undefined || target.field(key) === target.pk)
}
