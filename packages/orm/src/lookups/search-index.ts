import type { Field } from '../fields/field.ts'

/** Where a database keeps the words of a column. */
export interface SearchIndex {
  readonly name: string
  /** The key of the table, by which the rows are named. */
  readonly key: Field
}

const indexes = new WeakMap<Field, SearchIndex>()

/** A model has an index of the words in these of its columns. */
export function noteSearchIndex(fields: readonly Field[], index: SearchIndex): void {
  for (const field of fields) indexes.set(field, index)
}

/** The index of a column's words, where there is one. */
export function searchIndexOf(field: Field): SearchIndex | undefined {
  return indexes.get(field)
}
