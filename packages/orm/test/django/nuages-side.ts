import { withTimeZone } from '@nuages/i18n'
import * as orm from '../../src/index.ts'
import { type Answer, carriedBy } from './answer.ts'
import { isNode, type NeutralNode } from './neutral.ts'
import { type Beside, plainValue } from './plain-value.ts'
import { schema } from './schema.ts'

type Callable = (...args: unknown[]) => unknown

const literals: Readonly<Record<string, Callable>> = {
  plainDate: (text) => Temporal.PlainDate.from(text as string),
  plainTime: (text) => Temporal.PlainTime.from(text as string),
  instant: (text) => Temporal.Instant.from(text as string),
  micros: (count) => Temporal.Duration.from({ microseconds: count as number }),
  money: (text) => new orm.Decimal(text as string),
  big: (text) => BigInt(text as string),
  bytes: (hex) => Uint8Array.fromHex(hex as string),
  field: (kind) => fields[kind as keyof typeof fields](),
  query: (model) => schema[model as keyof typeof schema].objects,
}

const fields = {
  integer: () => orm.integer(),
  float: () => orm.float(),
  text: () => orm.text(),
  decimal: () => orm.decimal({ maxDigits: 12, decimalPlaces: 2 }),
  boolean: () => orm.boolean(),
  date: () => orm.date(),
  dateTime: () => orm.dateTime(),
  time: () => orm.time(),
  duration: () => orm.duration(),
}

const onRows: Readonly<Record<string, (row: never, ...args: never[]) => unknown>> = {
  attribute: (row: Record<string, unknown>, name: string) => row[name],
  assign: (row: object, values: object) => Object.assign(row, values),
}

/** A value of the neutral form as Nuages takes it. A queryset stays one: it comes in a box, since awaiting it would run it. */
async function build(value: unknown): Promise<{ readonly built: unknown }> {
  if (isNode(value)) return call(value)
  if (Array.isArray(value)) return { built: await buildAll(value) }
  if (typeof value !== 'object' || value === null) return { built: value }
  const built: Record<string, unknown> = {}
  for (const [key, of] of Object.entries(value)) built[key] = (await build(of)).built
  return { built }
}

async function buildAll(values: readonly unknown[]): Promise<unknown[]> {
  const all: unknown[] = []
  for (const value of values) all.push((await build(value)).built)
  return all
}

async function call(node: NeutralNode): Promise<{ readonly built: unknown }> {
  const make = literals[node.$] ?? (orm as unknown as Record<string, Callable | undefined>)[node.$]
  if (make === undefined) throw new TypeError(`Nuages has no ${node.$}()`)
  let value = make(...(await buildAll(node.args)))
  for (const [method, ...args] of node.calls) {
    const given = await buildAll(args)
    const own = onRows[method]
    if (own) {
      value = own(value as never, ...(given as never[]))
    } else {
      const found = (value as Record<string, Callable | undefined>)[method]
      if (found === undefined) throw new TypeError(`Nuages has no method ${method}() after ${node.$}()`)
      value = found.apply(value, given)
    }
    if (value instanceof Promise) value = await value
    // Django 3.2 does not know the keys of these on SQLite, so their number is compared.
    if (method === 'bulkCreate') value = (value as unknown[]).length
    if (method === 'iterator') value = await Array.fromAsync(value as AsyncIterable<unknown>)
  }
  return { built: value }
}

function besideOf(node: NeutralNode): Beside {
  const { annotations, relations } = carriedBy(node)
  return async (row) => {
    const carried: Record<string, unknown> = {}
    for (const name of annotations) carried[name] = await plainValue((row as Record<string, unknown>)[name])
    for (const path of relations) carried[path] = await keysAt(row, path.split('__'))
    return carried
  }
}

/** The keys of the rows that a path of relations leads to. */
async function keysAt(row: object, names: readonly string[]): Promise<unknown> {
  const [name, ...rest] = names as [string, ...string[]]
  const related = await ((row as Record<string, unknown>)[name] as Promise<unknown>)
  if (related === null || related === undefined) return null
  const rows = Array.isArray(related) ? related : [related]
  const keys = await Promise.all(rows.map((each) => (rest.length > 0 ? keysAt(each, rest) : plainValue(each))))
  return Array.isArray(related) ? keys.map((key) => JSON.stringify(key)).sort() : keys[0]
}

/** What Nuages says to a query. */
export async function askNuages(node: NeutralNode, timeZone: string): Promise<Answer> {
  let answer: Omit<Answer, 'sql'> = {}
  const { queries } = await orm.captureQueries(() =>
    withTimeZone(timeZone, async () => {
      try {
        const { built } = await call(node)
        answer = { value: await plainValue(await built, besideOf(node)) }
      } catch (error) {
        answer = { error: errorKind(error), message: (error as Error).message }
      }
    }),
  )
  return { ...answer, sql: queries.map((event) => `${event.sql} -- ${JSON.stringify(event.revealParams(), bigint)}`) }
}

function bigint(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}

const kinds: readonly (readonly [new (...args: never[]) => Error, string])[] = [
  [orm.ObjectDoesNotExist, 'ObjectDoesNotExist'],
  [orm.MultipleObjectsReturned, 'MultipleObjectsReturned'],
  [orm.ProtectedError, 'ProtectedError'],
  [orm.RestrictedError, 'RestrictedError'],
  [orm.IntegrityError, 'IntegrityError'],
  [orm.FieldError, 'FieldError'],
  [orm.FieldValueError, 'ValueError'],
  [orm.QueryError, 'QueryError'],
  [orm.NotSupportedError, 'QueryError'],
]

/** Errors of the two sides that mean the same, by one name. */
function errorKind(error: unknown): string {
  return kinds.find(([kind]) => error instanceof kind)?.[1] ?? (error as Error).constructor.name
}

class RolledBack extends Error {}

/** What Nuages says to each of some queries, which may write: all of it is undone. */
export async function askNuagesAndUndo(nodes: readonly NeutralNode[], timeZone: string): Promise<Answer[]> {
  const answers: Answer[] = []
  try {
    await orm.atomic(async () => {
      for (const node of nodes) answers.push(await askNuages(node, timeZone))
      throw new RolledBack()
    })
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error
  }
  return answers
}
