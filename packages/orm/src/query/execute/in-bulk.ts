import { QueryError } from '../../errors.ts'
import { keyText } from '../../fields/composite-key-field.ts'
import type { Field } from '../../fields/field.ts'
import type { ModelMeta } from '../../models/model-meta.ts'
import { withColumn } from '../build/build-query.ts'
import { unknownName } from '../lookup-path.ts'
import { isSliced, type Query } from '../query.ts'
import { fetchRows, queryOf } from '../query-chain.ts'

/** Keys a statement takes at once: databases limit their parameters. */
const chunkSize = 10_000

/** Rows by their key, or by another field that is unique. */
export async function inBulk(
  querySet: object,
  ids: Iterable<unknown> | undefined,
  fieldName: string,
): Promise<Map<unknown, unknown>> {
  const query = queryOf(querySet)
  const { meta } = query
  const field = meta.field(fieldName)
  if (!field) throw unknownName(meta, fieldName, 'inBulk')
  if (query.selected) throw new QueryError(`inBulk() of ${meta.name} gives rows, which values() does not.`)
  if (!isUnique(meta, field, query)) {
    throw new QueryError(`inBulk({ fieldName: '${fieldName}' }) of ${meta.name}: the field is not unique.`)
  }
  if (ids && isSliced(query)) throw new QueryError('Cannot look for keys once a slice has been taken.')
  const found = new Map<unknown, unknown>()
  // A key that is a list is found by the one that was given.
  const given = new Map([...(ids ?? [])].map((id) => [keyText(id), id]))
  const asked: Iterable<Query> = ids ? withKeys(query, field, [...given.values()]) : [query]
  for (const each of asked) {
    for (const row of await fetchRows(querySet, each)) {
      const key = (row as Record<string, unknown>)[field.attribute]
      found.set(Array.isArray(key) ? (given.get(keyText(key)) ?? key) : key, row)
    }
  }
  return found
}

function* withKeys(query: Query, field: Field, ids: readonly unknown[]): Generator<Query> {
  const path = { steps: [], field, relation: undefined }
  for (let start = 0; start < ids.length; start += chunkSize) {
    yield withColumn(query, path, ids.slice(start, start + chunkSize))
  }
}

function isUnique(meta: ModelMeta, field: Field, query: Query): boolean {
  if (field.unique) return true
  if (query.distinctOn.length === 1) {
    const [node] = query.distinctOn
    return node?.type === 'column' && node.path.steps.length === 0 && node.path.field === field
  }
  return meta.constraints.some((constraint) => {
    if (constraint.type !== 'unique' || constraint.condition) return false
    return constraint.fields?.length === 1 && meta.field(constraint.fields[0]!) === field
  })
}
