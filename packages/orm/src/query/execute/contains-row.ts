import { withArticle } from '@nuages/foundation'
import { QueryError } from '../../errors.ts'
import { keyText } from '../../fields/composite-key-field.ts'
import { Row } from '../../models/row.ts'
import { metaOf } from '../../models/save-row.ts'
import { withColumn } from '../build/build-query.ts'
import { isSliced } from '../query.ts'
import { databaseOf, fetchRows, queryOf, stateOfQuerySet } from '../query-chain.ts'
import { anyRow } from './select.ts'

/** Whether a queryset has this row. */
export async function containsRow(querySet: object, row: unknown): Promise<boolean> {
  const query = queryOf(querySet)
  const { meta } = query
  if (!Row.has(row)) throw new QueryError(`contains() of ${meta.name} takes a row, got ${String(row)}.`)
  if (query.selected) throw new QueryError(`contains() of ${meta.name} asks for rows, which values() does not give.`)
  if (metaOf(row) !== meta) return false
  const key = (row as unknown as Record<string, unknown>)[meta.pk.attribute]
  if (key === null || key === undefined)
    throw new QueryError(`contains() takes ${withArticle(meta.name)} that was saved.`)
  const isThis = (other: unknown): boolean =>
    keyText((other as Record<string, unknown>)[meta.pk.attribute]) === keyText(key)
  const { rows } = stateOfQuerySet(querySet)
  if (rows) return rows.some(isThis)
  if (isSliced(query)) return (await fetchRows(querySet, query)).some(isThis)
  return anyRow(withColumn(query, { steps: [], field: meta.pk, relation: undefined }, [key]), databaseOf(querySet))
}
