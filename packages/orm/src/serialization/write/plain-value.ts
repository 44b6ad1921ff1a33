import { Decimal } from 'decimal.js'
import { FieldValueError } from '../../errors.ts'
import { ArrayField } from '../../fields/array-field.ts'
import { CompositeKeyField } from '../../fields/composite-key-field.ts'
import { DecimalField } from '../../fields/decimal-field.ts'
import type { Field, FieldKind } from '../../fields/field.ts'
import { FileField } from '../../fields/files/file-field.ts'
import { ForeignKeyField } from '../../relations/foreign-key.ts'
import { durationText } from '../duration-text.ts'
import { rawNumber } from '../exact-json.ts'
import { instantText, timeText } from './temporal-text.ts'

/** Turns a value that is not null into what JSON has for it, as Django writes it. */
export type PlainWriter = (value: unknown) => unknown

const sameNumber: PlainWriter = (value) => (typeof value === 'bigint' ? rawNumber(value) : value)
const same: PlainWriter = (value) => value

const byKind: Readonly<Partial<Record<FieldKind, PlainWriter>>> = {
  boolean: same,
  text: same,
  uuid: same,
  ipAddress: same,
  json: same,
  float: same,
  integer: sameNumber,
  bigint: sameNumber,
  date: (value) => (value as Temporal.PlainDate).toString({ calendarName: 'never' }),
  time: (value) => timeText(value as Temporal.PlainTime),
  dateTime: (value) => instantText(value as Temporal.Instant),
  duration: (value) => durationText(value as Temporal.Duration),
  binary: (value) => Buffer.from(value as Uint8Array).toString('base64'),
}

/** How values of a field are written. What is no value of the field is refused by a `FieldValueError`. */
export function plainWriter(field: Field): PlainWriter {
  if (field instanceof ForeignKeyField) return plainWriter(field.target.pk)
  if (field instanceof FileField) return (value) => (value === null ? '' : field.toSql(value))
  if (field instanceof DecimalField) return (value) => decimalText(field, value)
  if (field instanceof ArrayField) return arrayWriter(field)
  if (field instanceof CompositeKeyField) return compositeWriter(field)
  const write = byKind[field.kind]
  if (write === undefined) throw new FieldValueError(field.name, 'a kind of field that can be written down', field.kind)
  return write
}

function decimalText(field: DecimalField, value: unknown): string {
  return Decimal.isDecimal(value) ? value.toFixed(field.decimalPlaces) : String(field.toSql(value))
}

/** Django writes a list as a text: that of a JSON list of texts. */
function arrayWriter(field: ArrayField): PlainWriter {
  const write = plainWriter(field.of)
  const text: PlainWriter = (value) => {
    if (value === null) return null
    const plain = write(value)
    if (typeof plain === 'boolean') return plain ? 'True' : 'False'
    return typeof plain === 'string' ? plain : JSON.stringify(plain)
  }
  return (value) => JSON.stringify((value as readonly unknown[]).map(text))
}

function compositeWriter(field: CompositeKeyField): PlainWriter {
  const writers = field.parts.map(plainWriter)
  return (value) => (value as readonly unknown[]).map((part, at) => writers[at]!(part))
}
