import type { Operations } from '../../backends/operations.ts'
import { FieldError } from '../../errors.ts'
import type { OrderTerm } from '../expressions/node.ts'
import { type Fragment, fragment, join, sql } from '../fragment.ts'
import { type Compound, isSliced, type Query } from '../query.ts'
import { orderingOf } from './compile-ordering.ts'
import type { CompiledSelect, ResultColumns, Selection } from './select-list.ts'

/** The rows of several queries, put together. Each part stands in a SELECT of its own, since it may be ordered and sliced. */
export function compileCompound(
  query: Query,
  { operator, parts }: Compound,
  selection: Selection,
  operations: Operations,
  compile: (
    part: Query,
    at: number,
    selection: Selection,
  ) => { readonly text: Fragment; readonly columns: ResultColumns },
): CompiledSelect {
  const compiled = parts.map(({ query: part, at }) => {
    const isOrdered = isSliced(part) || part.distinctOn.length > 0
    const own = { ...part, related: query.related, ...(isOrdered ? {} : { ordering: [] }) }
    return compile(own, at, selection === 'key' && !part.selected ? 'key' : 'rows')
  })
  const { columns } = compiled[0]!
  const selects = compiled.map(({ text }, index) => {
    return sql`SELECT * FROM (${text}) ${fragment(operations.quote(`part${index + 1}`))}`
  })
  const rows = join(selects, ` ${operator} `)
  if (selection === 'one' || selection === 'count') {
    const isCounted = selection === 'count' && !isSliced(query)
    const counted = sql`SELECT ${fragment(isCounted ? 'COUNT(*)' : '1')} FROM (${rows}) ${fragment(operations.quote('rows'))}`
    return { sql: counted, after: undefined, columns, isCounted }
  }
  const order = orderingOf(query, selection).map((term) => position(query, columns, term, operations))
  const whole = order.length === 0 ? rows : sql`${rows} ORDER BY ${join(order, ', ')}`
  return { sql: whole, after: undefined, columns, isCounted: false }
}

/** Rows of several queries can only be ordered by what they show. */
function position(query: Query, columns: ResultColumns, term: OrderTerm, operations: Operations): Fragment {
  const direction = `${term.descending ? ' DESC' : ' ASC'}${term.nulls ? ` NULLS ${term.nulls.toUpperCase()}` : ''}`
  const at = indexOf(columns, term)
  if (at >= 0) return fragment(`${at + 1}${direction}`)
  if (term.by === 'random') return fragment(operations.random)
  throw new FieldError(
    `${query.meta.name}'s rows put together can only be ordered by columns and annotations that they show, by name.`,
  )
}

function indexOf(columns: ResultColumns, { by }: OrderTerm): number {
  if (by === 'selected') return 0
  if (by === 'random') return -1
  if (by.type === 'annotation') {
    const { annotations, selected } = columns
    return selected ? selected.indexOf(by.name) : (annotations.find(({ name }) => name === by.name)?.at ?? -1)
  }
  if (by.type !== 'column') return -1
  const { field, steps } = by.path
  const [step, ...more] = steps
  const isKey = step?.direct && more.length === 0 && step.toField === field
  const own = step === undefined ? field : isKey ? step.fromField : undefined
  return own ? columns.fields.indexOf(own) : -1
}
