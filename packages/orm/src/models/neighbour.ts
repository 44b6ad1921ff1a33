import { withArticle } from '@nuages/foundation'
import { database } from '../backends/registry.ts'
import { FieldError, QueryError } from '../errors.ts'
import { withFilter, withOrdering, withSlice } from '../query/build/build-query.ts'
import { selectRows } from '../query/execute/select.ts'
import { Q } from '../query/q.ts'
import { rootQuery } from '../query/query.ts'
import { type Row, stateOf } from './row.ts'
import { metaOf } from './save-row.ts'

/** The row after or before this one by a date, among equals by the key. Throws the model's `DoesNotExist` where it is the last. */
export async function neighbourOf(row: Row, name: string, conditions: object, next: boolean): Promise<unknown> {
  const meta = metaOf(row)
  const doing = next ? 'getNextBy' : 'getPreviousBy'
  const field = meta.field(name)
  if (!field || (field.kind !== 'date' && field.kind !== 'dateTime') || field.null) {
    throw new FieldError(
      `${doing}() of ${meta.name} takes a date or dateTime field that may not be null, not '${name}'.`,
    )
  }
  if (!stateOf(row).stored) throw new QueryError(`${doing}() needs ${withArticle(meta.name)} that was saved.`)
  const values = row as unknown as Record<string, unknown>
  const [beyond, sign] = next ? ['gt', ''] : ['lt', '-']
  const [value, key] = [await values[field.attribute], values[meta.pk.attribute]]
  const after = Q({ [`${name}__${beyond}`]: value }).or({ [name]: value, [`pk__${beyond}`]: key })
  const among = withFilter(
    rootQuery(meta.model),
    [after, ...(Object.keys(conditions).length > 0 ? [conditions as never] : [])],
    false,
  )
  const query = withSlice(withOrdering(among, [`${sign}${name}`, `${sign}pk`]), 0, 1)
  const [found] = await selectRows(query, database(stateOf(row).alias))
  if (found) return found
  const { DoesNotExist } = meta.model as unknown as { DoesNotExist: new (message: string) => Error }
  throw new DoesNotExist(`No ${meta.name} ${next ? 'after' : 'before'} the one with key ${String(key)} by ${name}.`)
}
