import fc from 'fast-check'
import type { FieldKind, ModelMeta } from '../../src/index.ts'
import { breadth } from './breadth.ts'
import { Avg, Count, F, Max, Min, Q, Sum } from './expressions.ts'
import { query, type Recorded } from './neutral.ts'
import { type Condition, compared, condition, stepsOf, tree, values } from './random-conditions.ts'
import { type ModelName, schema } from './schema.ts'

/** With more joins of many rows than these, a query may take minutes. */
const broadest = 5

const models = ['Book', 'Author', 'Publisher', 'Tag', 'Review'] as const satisfies readonly ModelName[]

type Filtering = readonly ['filter' | 'exclude', unknown]

function filtering(leaf: fc.Arbitrary<Condition>): fc.Arbitrary<Filtering> {
  const given = fc.oneof(
    fc.array(leaf, { minLength: 1, maxLength: 3 }).map((all) => Object.fromEntries(all)),
    tree(leaf),
  )
  return fc.tuple(fc.constantFrom('filter' as const, 'exclude' as const), given)
}

function apply(rows: Recorded, calls: readonly Filtering[]): Recorded {
  return calls.reduce((chain, [method, given]) => chain[method](given), rows)
}

/** The keys of the rows that some filters and excludes leave. */
export const filtered: fc.Arbitrary<Recorded> = fc.constantFrom(...models).chain((name) =>
  fc
    .array(filtering(condition(schema[name].meta)), { minLength: 1, maxLength: 3 })
    .map((calls) => apply(query(name), calls))
    .filter((rows) => breadth(schema[name].meta, rows) <= broadest)
    .map((rows) => rows.orderBy().valuesList('pk', { flat: true })),
)

/** A computed value, and what conditions on it may be compared with. */
interface Computed {
  readonly expression: Recorded
  readonly value: fc.Arbitrary<unknown>
}

interface Column {
  readonly path: string
  readonly kind: FieldKind
}

/** The columns that paths of at most `depth` relations lead to; with `single`, to one row each. */
function columns(meta: ModelMeta, depth: number, single = false, prefix = ''): fc.Arbitrary<Column> {
  const steps = stepsOf(meta).filter(({ name, to }) => !single || !to || meta.field(name) !== undefined)
  return fc.constantFrom(...steps).chain(({ name, to, kind }): fc.Arbitrary<Column> => {
    const path = prefix + name
    return to && depth > 0 ? columns(to, depth - 1, single, `${path}__`) : fc.constant({ path, kind })
  })
}

const small = fc.integer({ min: 0, max: 6 })
const ordered: ReadonlySet<FieldKind> = new Set(['integer', 'float', 'decimal', 'text', 'date', 'dateTime', 'time'])

/** Aggregates that a column takes. The sums of floats and of big numbers depend on the order of rows, so there are none. */
function aggregates({ path, kind }: Column, filter: fc.Arbitrary<Recorded | undefined>): fc.Arbitrary<Computed> {
  const made = (make: (...args: unknown[]) => Recorded, value: fc.Arbitrary<unknown>) =>
    fc.tuple(filter, fc.boolean()).map(([q, distinct]): Computed => {
      const options = { ...(q && { filter: q }), ...(distinct && make !== Min && make !== Max && { distinct }) }
      return { expression: Object.keys(options).length > 0 ? make(path, options) : make(path), value }
    })
  const kinds = [made(Count, small)]
  if (ordered.has(kind)) kinds.push(made(Min, values[kind]), made(Max, values[kind]))
  if (kind === 'integer') kinds.push(made(Sum, values.integer), made(Avg, values.float))
  return fc.oneof(...kinds)
}

/** Beside aggregates, Django 3.2 does not bear what can never hold: it takes 0 for an aggregate, or no rows for all. */
function mayHold([, value]: Condition): boolean {
  return !Array.isArray(value) || value.length > 0
}

function computed(meta: ModelMeta): fc.Arbitrary<Computed> {
  const own = fc
    .array(condition(meta, 1).filter(mayHold), { minLength: 1, maxLength: 2 })
    .map((all): Recorded | undefined => Q(Object.fromEntries(all)))
  const filter = fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: own })
  return columns(meta, 2).chain((column) => aggregates(column, filter))
}

const orders = (names: readonly string[]): fc.Arbitrary<string[]> =>
  fc.subarray([...names]).chain((some) => fc.tuple(...some.map((name) => fc.constantFrom(name, `-${name}`))))

const slices = fc.oneof(
  { weight: 2, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 40 })) },
)

/** Rows with two computed values, which filters go by. */
export const annotated: fc.Arbitrary<Recorded> = fc.constantFrom(...models).chain((name) => {
  const { meta } = schema[name]
  const before = fc.array(filtering(condition(meta, 2)), { maxLength: 2 })
  return fc
    .tuple(before, computed(meta), computed(meta), orders(['a', 'b']), slices)
    .chain(([first, a, b, order, slice]) => {
      const leaf = fc.oneof(
        { weight: 2, arbitrary: fc.oneof(...compared('a', a.value)) },
        { weight: 1, arbitrary: fc.oneof(...compared('b', b.value)) },
        { weight: 1, arbitrary: condition(meta, 2) },
      )
      return fc
        .array(filtering(leaf.filter(mayHold)), { maxLength: 2 })
        .map((after) => {
          return apply(apply(query(name), first).annotate({ a: a.expression, b: b.expression }), after)
        })
        .map((rows) => {
          const inOrder = rows.orderBy(...order, 'pk').valuesList('pk', 'a', 'b')
          return slice ? inOrder.slice(slice[0], slice[0] + slice[1]) : inOrder
        })
    })
    .filter((rows) => breadth(meta, rows) <= broadest)
})

/** Groups by a column or two, with a value computed of each. */
export const grouped: fc.Arbitrary<Recorded> = fc.constantFrom(...models).chain((name) => {
  const { meta } = schema[name]
  const by = fc.uniqueArray(
    columns(meta, 1).filter(({ kind }) => kind !== 'json' && kind !== 'binary'),
    { minLength: 1, maxLength: 2, selector: ({ path }) => path },
  )
  const before = fc.array(filtering(condition(meta, 2)), { maxLength: 1 })
  return fc.tuple(by, before, computed(meta)).chain(([chosen, first, a]) =>
    fc.array(filtering(fc.oneof(...compared('a', a.value)).filter(mayHold)), { maxLength: 1 }).map((after) => {
      const paths = chosen.map(({ path }) => path)
      return apply(
        apply(query(name), first)
          .orderBy()
          .values(...paths)
          .annotate({ a: a.expression }),
        after,
      )
    }),
  )
})

/** A comparison of one column with another of the same kind. */
export const comparing: fc.Arbitrary<Recorded> = fc.constantFrom(...models).chain((name) => {
  const { meta } = schema[name]
  const isNumber = ({ kind }: Column): boolean => kind === 'integer' || kind === 'float'
  const numbers = columns(meta, 2).filter(isNumber)
  // Which row a path over many means on the other side, under a negation, Django does not say.
  const other = fc
    .tuple(columns(meta, 2, true).filter(isNumber), fc.constantFrom('plain', 'add', 'multiply'))
    .map(([{ path }, how]) => {
      return how === 'plain' ? F(path) : how === 'add' ? F(path).add(3) : F(path).multiply(2)
    })
  const leaf = fc.tuple(numbers, fc.constantFrom('', '__gt', '__lte'), other)
  const comparison = leaf.map(([{ path }, lookup, value]): Condition => [path + lookup, value])
  return fc
    .array(filtering(fc.oneof(comparison, comparison, condition(meta, 1))), { minLength: 1, maxLength: 2 })
    .map((calls) => apply(query(name), calls).orderBy().valuesList('pk', { flat: true }))
})
