import fc from 'fast-check'
import { type FieldKind, ForeignKeyField, type ModelMeta } from '../../src/index.ts'
import { bigs, dates, durations, instants, prices, texts, times } from './data.ts'
import { Q } from './expressions.ts'
import { big, instant, micros, money, plainDate, plainTime, type Recorded } from './neutral.ts'

/** A condition of `filter`: a path with a lookup, and its value. */
export type Condition = readonly [key: string, value: unknown]

/** A relation that a path may take, or a column that it may end at. */
export interface Step {
  readonly name: string
  readonly to: ModelMeta | undefined
  readonly kind: FieldKind
  /** The column of a foreign key, by its own name. */
  readonly isKey?: boolean
}

export function stepsOf(meta: ModelMeta): Step[] {
  const columns = meta.fields.filter((field) => !(field instanceof ForeignKeyField))
  const keys = meta.fields.filter((field) => field instanceof ForeignKeyField)
  const relation = (name: string, to: ModelMeta): Step => ({ name, to, kind: to.pk.kind })
  return [
    ...columns.map(({ name, kind }) => ({ name, to: undefined, kind })),
    ...keys.map((field) => ({ name: field.attribute, to: undefined, kind: field.kind, isKey: true })),
    ...[...keys, ...meta.manyToMany, ...meta.reverses].map(({ name, target }) => relation(name, target)),
  ]
}

const ascii = texts.filter((text) => !/[^\n\t -~]/.test(text))
const words = ['a', 'ab', 'A', 'h', 'hello', '%', '_', '\\', 'b', 'Ada', 'Bob', 'Paris', '-1', '', 'book-1', "'", '.']
const patterns = ['^a', '[bc]', 'l+o', '^$', '\\d', '^A|c$', 'o.w', '\\.', '(a|b)c']

export const values: Readonly<Record<FieldKind, fc.Arbitrary<unknown>>> = {
  boolean: fc.boolean(),
  integer: fc.constantFrom(-1, 0, 1, 2, 3, 4, 5, 7, 20, 50, 100, 300, 1950),
  bigint: fc.constantFrom(...bigs.map((value) => big(String(value)))),
  float: fc.constantFrom(-2.5, -1, 0, 0.1, 1, 2.5, 3.75, 4.75),
  decimal: fc.constantFrom(...prices, '10', '0.1').map((text) => money(text)),
  text: fc.constantFrom(...ascii, ...words, 'É', 'école'),
  uuid: fc.integer({ min: 0, max: 49 }).map((n) => `${String(n).padStart(8, '0')}-0000-4000-8000-00000000abcd`),
  date: fc.constantFrom(...dates).map((text) => plainDate(text)),
  time: fc.constantFrom(...times).map((text) => plainTime(text)),
  dateTime: fc.constantFrom(...instants).map((text) => instant(text)),
  duration: fc.constantFrom(...durations).map((count) => micros(count)),
  json: fc.constant(null),
  binary: fc.constant(null),
} as never

const comparisons = ['gt', 'gte', 'lt', 'lte'] as const
const caseless = ['iexact', 'icontains', 'istartswith', 'iendswith'] as const
const calendarParts = {
  year: [1999, 2020, 2021, 2022],
  isoYear: [2015, 2018, 2020, 2021],
  quarter: [1, 2, 4],
  month: [1, 6, 12],
}
const dayParts = { day: [1, 15, 31], week: [1, 9, 52, 53], weekDay: [1, 2, 7], isoWeekDay: [1, 6, 7] }
const clockParts = { hour: [0, 9, 12, 23], minute: [0, 30, 59], second: [0, 15, 59] }

function partsOf(kind: FieldKind): Readonly<Record<string, readonly number[]>> {
  if (kind === 'date') return { ...calendarParts, ...dayParts }
  if (kind === 'time') return clockParts
  return kind === 'dateTime' ? { ...calendarParts, ...dayParts, ...clockParts } : {}
}

export function compared(path: string, value: fc.Arbitrary<unknown>): fc.Arbitrary<Condition>[] {
  return [
    value.map((given): Condition => [path, given]),
    fc.tuple(fc.constantFrom(...comparisons), value).map(([name, given]): Condition => [`${path}__${name}`, given]),
    fc.array(value, { maxLength: 4 }).map((given): Condition => [`${path}__in`, given]),
  ]
}

/** The conditions that a column of some kind takes. */
function ofColumn(path: string, kind: FieldKind): fc.Arbitrary<Condition> {
  const isnull = fc.boolean().map((given): Condition => [`${path}__isnull`, given])
  if (kind === 'json' || kind === 'binary') return isnull
  const value = values[kind]
  const more: fc.Arbitrary<Condition>[] = []
  if (kind !== 'boolean' && kind !== 'uuid') {
    more.push(fc.tuple(value, value).map((pair): Condition => [`${path}__range`, pair]))
  }
  if (kind === 'text') {
    const word = fc.constantFrom(...words)
    more.push(
      fc.tuple(fc.constantFrom(...caseless), word).map(([name, given]): Condition => [`${path}__${name}`, given]),
    )
    more.push(
      fc
        .tuple(fc.constantFrom('regex', 'iregex'), fc.constantFrom(...patterns))
        .map(([name, given]): Condition => [`${path}__${name}`, given]),
    )
  }
  for (const [part, numbers] of Object.entries(partsOf(kind))) {
    more.push(fc.oneof(...compared(`${path}__${part}`, fc.constantFrom(...numbers))))
  }
  if (kind === 'dateTime') {
    more.push(fc.oneof(...compared(`${path}__date`, values.date)), fc.oneof(...compared(`${path}__time`, values.time)))
  }
  return fc.oneof(
    ...(kind === 'uuid' ? compared(path, value).filter((_, index) => index !== 1) : compared(path, value)),
    isnull,
    ...more,
  )
}

function keysOf(kind: FieldKind): fc.Arbitrary<unknown> {
  return kind === 'text' ? fc.constantFrom('FR', 'DE', 'XX') : fc.integer({ min: 1, max: 40 })
}

function ofKey(path: string, kind: FieldKind): fc.Arbitrary<Condition> {
  const isnull = fc.boolean().map((given): Condition => [`${path}__isnull`, given])
  return fc.oneof(isnull, ...compared(path, keysOf(kind)))
}

function ofRelation(path: string, to: ModelMeta): fc.Arbitrary<Condition> {
  const key = keysOf(to.pk.kind)
  return fc.oneof(
    fc.boolean().map((given): Condition => [`${path}__isnull`, given]),
    key.map((given): Condition => [path, given]),
    fc.constant<Condition>([path, null]),
    fc.array(key, { maxLength: 6 }).map((given): Condition => [`${path}__in`, given]),
  )
}

const memory = new Map<string, fc.Arbitrary<Condition>>()

/** Any condition of a model, over up to `depth` relations. */
export function condition(meta: ModelMeta, depth = 3, prefix = ''): fc.Arbitrary<Condition> {
  const known = memory.get(`${meta.name} ${depth} ${prefix}`)
  if (known) return known
  const arbitraries = stepsOf(meta).map(({ name, to, kind, isKey }) => {
    const path = prefix + name
    if (isKey) return { weight: 1, arbitrary: ofKey(path, kind) }
    if (!to) return { weight: 1, arbitrary: ofColumn(path, kind) }
    const ends = ofRelation(path, to)
    if (depth === 0) return { weight: 1, arbitrary: ends }
    const further = fc.constant(null).chain(() => condition(to, depth - 1, `${path}__`))
    return { weight: 3, arbitrary: fc.oneof({ weight: 1, arbitrary: ends }, { weight: 3, arbitrary: further }) }
  })
  const all = fc.oneof(...arbitraries)
  memory.set(`${meta.name} ${depth} ${prefix}`, all)
  return all
}

/** A tree of `Q`, with and, or and not. */
export function tree(leaf: fc.Arbitrary<Condition>): fc.Arbitrary<Recorded> {
  const object = fc.array(leaf, { minLength: 1, maxLength: 3 }).map((all) => Q(Object.fromEntries(all)))
  return fc.letrec<{ tree: Recorded }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      object,
      tie('tree').map((q) => q.not()),
      fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => a.and(b)),
      fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => a.or(b)),
    ),
  })).tree
}
