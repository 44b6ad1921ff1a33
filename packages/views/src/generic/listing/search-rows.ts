import { type ModelMeta, Q } from '@nuages/orm'
import { FilterField } from './filter-field.ts'

/** More words than this are no search, and each is a condition on every field. */
const mostWords = 10

/** The words of a search, without those that occur twice. */
export function searchWords(text: string): readonly string[] {
  const words = text.replaceAll('\0', ' ').trim().split(/\s+/).filter((word) => word !== '') // biome-ignore format: a chain
  return [...new Set(words)].slice(0, mostWords)
}

/** The condition that a word is in one of the fields, each with its own lookup or `icontains`. */
export function wordCondition(meta: ModelMeta, fields: readonly string[], word: string): Q {
  const [first, ...rest] = fields.map((key) => {
    const { lookup, path } = new FilterField(meta, key, key)
    return { [lookup === 'exact' && path === key ? `${key}__icontains` : key]: word }
  })
  return rest.reduce((all: Q, condition) => all.or(condition), Q(first!))
}

/** Whether one row may answer by several others. */
export function searchesMany(meta: ModelMeta, fields: readonly string[]): boolean {
  return fields.some((key) => new FilterField(meta, key, key).many)
}
