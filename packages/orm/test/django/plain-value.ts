import { Decimal } from '../../src/index.ts'
import { ModelInstance } from '../../src/models/model-instance.ts'

/** A row, by its model, its key and what the query computed or loaded beside it. */
export type Beside = (row: object) => Promise<Readonly<Record<string, unknown>>>

const alone: Beside = async () => ({})

/** A result as JSON that both sides write alike. Values that JSON does not have are `{ "$date": … }` and its kin. */
export async function plainValue(value: unknown, beside: Beside = alone): Promise<unknown> {
  if (value === null || value === undefined) return null
  if (typeof value === 'bigint') return plainInteger(value)
  if (typeof value === 'number') return Object.is(value, -0) ? 0 : value
  if (typeof value !== 'object') return value
  const scalar = plainScalar(value)
  if (scalar !== undefined) return scalar
  if (value instanceof ModelInstance) return plainRow(value, beside)
  if (value instanceof Map)
    return plainEntries(
      [...value].map(([key, of]) => [String(key), of]),
      beside,
    )
  if (Array.isArray(value)) return Promise.all(value.map((item) => plainValue(item, beside)))
  return plainEntries(Object.entries(value), beside)
}

function plainInteger(value: bigint): unknown {
  return Number.isSafeInteger(Number(value)) ? Number(value) : { $big: String(value) }
}

function plainScalar(value: object): unknown {
  if (Decimal.isDecimal(value)) return { $decimal: new Decimal(value as Decimal).toFixed() }
  if (value instanceof Temporal.PlainDate) return { $date: value.toString() }
  if (value instanceof Temporal.PlainTime) return { $time: value.toString({ fractionalSecondDigits: 6 }) }
  if (value instanceof Temporal.Instant) return { $instant: value.toString({ fractionalSecondDigits: 6 }) }
  if (value instanceof Temporal.ZonedDateTime) return plainScalar(value.toInstant())
  if (value instanceof Temporal.Duration) return { $micros: value.total('microseconds') }
  if (value instanceof Uint8Array) return { $bytes: value.toHex() }
  return undefined
}

async function plainRow(row: object, beside: Beside): Promise<unknown> {
  const { meta } = row.constructor as unknown as { meta: { name: string; pk: { attribute: string } } }
  const key = (row as Record<string, unknown>)[meta.pk.attribute]
  return { $row: meta.name, pk: await plainValue(key), ...(await beside(row)) }
}

async function plainEntries(entries: readonly (readonly [string, unknown])[], beside: Beside): Promise<unknown> {
  const plain = await Promise.all(entries.map(async ([key, value]) => [key, await plainValue(value, beside)] as const))
  return Object.fromEntries(plain.sort(([a], [b]) => (a < b ? -1 : 1)))
}
