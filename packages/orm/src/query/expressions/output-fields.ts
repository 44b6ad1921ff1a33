import { Decimal } from 'decimal.js'
import type { SqlValue } from '../../backends/database.ts'
import { BinaryField } from '../../fields/binary-field.ts'
import { BooleanField } from '../../fields/boolean-field.ts'
import { DecimalField } from '../../fields/decimal-field.ts'
import type { Decoder, Field } from '../../fields/field.ts'
import { JsonField } from '../../fields/json-field.ts'
import { BigIntegerField, FloatField, IntegerField } from '../../fields/number-fields.ts'
import { DateField, DateTimeField, DurationField, TimeField } from '../../fields/temporal-fields.ts'
import { TextField, UuidField } from '../../fields/text-fields.ts'

/** A decimal of as many digits as it has. SQLite computes decimals as floats, whose first 15 digits are true. */
class ComputedDecimalField extends DecimalField {
  constructor() {
    super({ maxDigits: 1000, decimalPlaces: 1000, null: true })
  }

  override columnType(vendor: 'sqlite' | 'postgresql'): string {
    return vendor === 'postgresql' ? 'numeric' : 'decimal'
  }

  protected override encode(value: unknown): SqlValue {
    return this.toDecimal(value).toFixed()
  }

  override decoder(): Decoder {
    return (raw) => {
      const value = new Decimal(raw as number | string)
      return typeof raw === 'string' ? value : value.toSignificantDigits(15)
    }
  }
}

/** What expressions give, as fields: how a value is read, and which lookups it takes. */
export const outputs = {
  boolean: new BooleanField('boolean', { null: true }).bind('value'),
  integer: new IntegerField('integer', { null: true }).bind('value'),
  bigint: new BigIntegerField('bigInteger', { null: true }).bind('value'),
  float: new FloatField('float', { null: true }).bind('value'),
  decimal: new ComputedDecimalField().bind('value'),
  text: new TextField('text', { null: true }).bind('value'),
  uuid: new UuidField('uuid', { null: true }).bind('value'),
  date: new DateField('date', { null: true }).bind('value'),
  time: new TimeField('time', { null: true }).bind('value'),
  dateTime: new DateTimeField('dateTime', { null: true }).bind('value'),
  duration: new DurationField('duration', { null: true }).bind('value'),
  json: new JsonField('json', { null: true }).bind('value'),
  binary: new BinaryField('binary', { null: true }).bind('value'),
} as const satisfies Record<string, Field>

/** The field of a value that stands by itself; `undefined` where its type does not tell, as of `null` or an object. */
export function outputOfValue(value: unknown): Field | undefined {
  switch (typeof value) {
    case 'string':
      return outputs.text
    case 'boolean':
      return outputs.boolean
    case 'bigint':
      return outputs.bigint
    case 'number':
      return Number.isSafeInteger(value) ? outputs.integer : outputs.float
  }
  if (value instanceof Temporal.Instant) return outputs.dateTime
  if (value instanceof Temporal.PlainDate) return outputs.date
  if (value instanceof Temporal.PlainTime) return outputs.time
  if (value instanceof Temporal.Duration) return outputs.duration
  if (Decimal.isDecimal(value)) return outputs.decimal
  return value instanceof Uint8Array ? outputs.binary : undefined
}

const texts = new WeakMap<Field, string>()
const kinds = new WeakMap<object, number>()
let told = 0

/** A text for shapes: two fields that write or read values in different ways have different ones. */
export function textOfField(field: Field): string {
  let text = texts.get(field)
  if (text === undefined) {
    const { factory, options } = field.deconstruct()
    const isPlain = Object.values(options).every((option) => typeof option !== 'object' && typeof option !== 'function')
    text = isPlain ? `${factory}${kindOf(field)}${JSON.stringify(options)}` : `field#${++told}`
    texts.set(field, text)
  }
  return text
}

function kindOf(field: Field): number {
  const type = field.constructor
  let kind = kinds.get(type)
  if (kind === undefined) {
    kind = ++told
    kinds.set(type, kind)
  }
  return kind
}
