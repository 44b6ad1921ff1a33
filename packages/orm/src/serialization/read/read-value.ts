import { withArticle } from '@nuages/foundation'
import { FieldValueError } from '../../errors.ts'
import { ArrayField } from '../../fields/array-field.ts'
import { CompositeKeyField } from '../../fields/composite-key-field.ts'
import type { Field, FieldKind } from '../../fields/field.ts'
import { FileField } from '../../fields/files/file-field.ts'
import { ForeignKeyField } from '../../relations/foreign-key.ts'
import { durationFromText } from '../duration-text.ts'
import { isRawNumber } from '../exact-json.ts'

/** Makes the attribute's value of what JSON has for it, never null. Throws `FieldValueError`. */
export type ValueReader = (plain: unknown, field: Field) => unknown

/** What a field parses as it parses a form's text; numbers of many digits are text to it. */
const parsed: ValueReader = (plain, field) => field.parse(isRawNumber(plain) ? plain.rawJSON : plain)

const byKind: Readonly<Partial<Record<FieldKind, ValueReader>>> = {
  boolean: (plain, field) => (plain === 1 || plain === 0 ? plain === 1 : parsed(plain, field)),
  bigint: (plain, field) => {
    const value = parsed(plain, field)
    return typeof value === 'number' ? BigInt(value) : value
  },
  text: (plain, field) => {
    if (typeof plain === 'string') return field.parse(plain)
    // Django takes numbers for text, too.
    return field.parse(isRawNumber(plain) ? plain.rawJSON : typeof plain === 'number' ? String(plain) : plain)
  },
  date: textOnly,
  time: textOnly,
  dateTime: textOnly,
  duration: (plain, field) => {
    try {
      return durationFromText(plain as string)
    } catch {
      throw new FieldValueError(field.name, 'a duration such as "1 02:03:04.5" or "P1DT2H3M4.5S"', plain)
    }
  },
  json: (plain) => plain,
  binary: (plain, field) => {
    if (typeof plain === 'string' && /^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(plain)) {
      return new Uint8Array(Buffer.from(plain, 'base64'))
    }
    throw new FieldValueError(field.name, 'bytes in base64', plain)
  },
}

function textOnly(plain: unknown, field: Field): unknown {
  if (typeof plain === 'string') return field.parse(plain)
  throw new FieldValueError(field.name, `a text that is ${withArticle(field.kind)}`, plain)
}

/** The value of a field, of what JSON has for it. Throws `FieldValueError`, under the field's own name. */
export function readValue(field: Field, plain: unknown): unknown {
  if (plain === null || plain === undefined) return null
  if (field instanceof ForeignKeyField) return readKey(field, plain)
  if (field instanceof FileField) return field.parse(plain)
  if (field instanceof ArrayField) return readArray(field, plain)
  if (field instanceof CompositeKeyField) return readComposite(field, plain)
  return (byKind[field.kind] ?? parsed)(plain, field)
}

function readKey(field: ForeignKeyField, plain: unknown): unknown {
  try {
    return readValue(field.target.pk, plain)
  } catch (error) {
    throw error instanceof FieldValueError ? error.under(field.name) : error
  }
}

/** Django writes a list as the text of a JSON list of texts. */
function readArray(field: ArrayField, plain: unknown): unknown {
  const list = typeof plain === 'string' ? parsedList(field, plain) : plain
  if (!Array.isArray(list)) throw new FieldValueError(field.name, 'a list', plain)
  return list.map((element) => readValue(field.of, element))
}

function readComposite(field: CompositeKeyField, plain: unknown): unknown {
  const list = typeof plain === 'string' ? parsedList(field, plain) : plain
  if (Array.isArray(list) && list.length === field.parts.length) {
    return field.parts.map((part, at) => readValue(part, list[at]))
  }
  throw new FieldValueError('pk', `a list of ${field.parts.length} values (${field.names.join(', ')})`, plain)
}

function parsedList(field: Field, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new FieldValueError(field.name, 'a list', text)
  }
}
