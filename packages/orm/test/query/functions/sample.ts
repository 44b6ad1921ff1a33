import {
  bigInteger,
  boolean,
  date,
  dateTime,
  decimal,
  duration,
  type Expression,
  float,
  integer,
  json,
  Model,
  manager,
  registerModels,
  text,
  time,
  uuid,
} from '../../../src/index.ts'
import { tablesOf } from '../../library/use-library.ts'
import { useTemporaryDatabase } from '../../temporary-database.ts'

/** A row with a column of each type. */
export class Sample extends Model(
  {
    text: text({ null: true }),
    other: text({ null: true }),
    whole: integer({ null: true }),
    second: integer({ null: true }),
    big: bigInteger({ null: true }),
    float: float({ null: true }),
    price: decimal({ maxDigits: 12, decimalPlaces: 2, null: true }),
    flag: boolean({ null: true }),
    day: date({ null: true }),
    clock: time({ null: true }),
    at: dateTime({ null: true }),
    until: dateTime({ null: true }),
    length: duration({ null: true }),
    data: json({ null: true }),
    code: uuid({ null: true }),
  },
  { ordering: ['id'] },
) {
  static objects = manager(Sample)
}

const samples = registerModels('samples', { Sample })

type Values = ConstructorParameters<typeof Sample>[0]

/** Gives every test of the file a database with an empty table. */
export function useSamples(): void {
  useTemporaryDatabase(() => tablesOf(samples))
}

/** What an expression gives in a row of these values. */
export async function valueIn(values: Values, expression: Expression): Promise<unknown> {
  const row = await Sample.objects.create((values ?? {}) as never)
  const annotated = Sample.objects.filter({ id: row.id }).annotate({ value: expression as Expression<unknown, never> })
  const [result] = await annotated.values('value')
  return plain(result!.value)
}

/** What an expression gives in each of several rows. */
export async function valuesIn(rows: readonly Values[], expression: Expression): Promise<unknown[]> {
  const results: unknown[] = []
  for (const values of rows) results.push(await valueIn(values, expression))
  return results
}

/** Dates, decimals and lists of them as text, which a test can write down. */
export function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(plain)
  return Object.getPrototypeOf(value) === Object.prototype ? value : String(value)
}
