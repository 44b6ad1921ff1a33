import { didYouMean, ImproperlyConfigured } from '@nuages/foundation'
import { type Field, FieldValueError, type ModelMeta } from '@nuages/orm'
import { plainText } from '../rendering/plain-text.ts'
import { rowsWithin } from './rows-within.ts'

/** A queryset as choices need it; those of the ORM are. */
export interface ChoiceRows extends PromiseLike<readonly unknown[]> {
  readonly model: unknown
  all(): ChoiceRows
  filter(conditions: object): ChoiceRows
}

export interface FoundRows {
  /** In the order of the queryset. */
  readonly rows: readonly unknown[]
  /** The first key that has no row. */
  readonly missing: unknown
}

/** The rows whose field `name` has one of `keys`, in one query; `undefined` where one of them can be no value of the field. */
export async function lookUpRows(
  queryset: ChoiceRows,
  name: string,
  keys: readonly unknown[],
): Promise<FoundRows | undefined> {
  const { meta } = queryset.model as { readonly meta: ModelMeta }
  const field = meta.field(name)
  if (!field) {
    throw new ImproperlyConfigured(
      `toFieldName names no field of ${meta.name}: '${name}'.${didYouMean(name, meta.names)} Fields: ${meta.names.join(', ')}.`,
    )
  }
  const parsed = parsedKeys(field, keys)
  if (!parsed) return undefined
  const wanted = new Set(parsed.map(plainText))
  const textOf = (row: unknown): string => plainText(Reflect.get(row as object, field.attribute))
  const rows = (await rowsWithin(queryset, field, parsed)).filter((row) => wanted.has(textOf(row)))
  const found = new Set(rows.map(textOf))
  return { rows, missing: keys[parsed.findIndex((key) => !found.has(plainText(key)))] }
}

function parsedKeys(field: Field, keys: readonly unknown[]): readonly unknown[] | undefined {
  try {
    const parsed = keys.map((key) => field.parse(key))
    for (const key of parsed) field.toSql(key)
    return parsed
  } catch (error) {
    if (error instanceof FieldValueError) return undefined
    throw error
  }
}
