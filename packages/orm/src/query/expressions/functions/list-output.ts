import type { SqlValue } from '../../../backends/database.ts'
import { type Decoder, type DeconstructedField, Field, type Vendor } from '../../../fields/field.ts'
import { textOfField } from '../output-fields.ts'

type Element = string | number | null

/** How an element, which JSON carries as text, is read: what a driver gives for some kinds is no text. */
function elementDecoder(field: Field): (raw: string | number) => unknown {
  if (field.kind === 'boolean') return (raw) => raw === 'true' || raw === 't' || raw === '1' || raw === 1
  if (field.kind === 'integer' || field.kind === 'float') return Number
  return field.decoder() ?? ((raw) => raw)
}

/** A list of another field's values, which databases give as JSON of their texts: what `ArrayAgg` gives. */
class ListOutput extends Field {
  readonly kind = 'json'
  readonly factory = 'list'
  readonly of: Field

  constructor(of: Field) {
    super('list', { null: true })
    this.of = of
  }

  columnType(vendor: Vendor): string {
    return vendor === 'postgresql' ? 'json' : 'text'
  }

  protected encode(value: unknown): SqlValue {
    return this.refuse(value, 'nothing: a list of values is read, never compared')
  }

  override decoder(): Decoder {
    const decode = elementDecoder(this.of)
    return (raw) => {
      const list: Element[] = typeof raw === 'string' ? JSON.parse(raw) : (raw as never)
      // SQLite makes an empty list of no rows, PostgreSQL NULL.
      if (list.length === 0) return null
      return list.map((element) => (element === null ? null : decode(element)))
    }
  }

  override deconstruct(): DeconstructedField {
    return { factory: this.factory, options: { of: textOfField(this.of) } }
  }
}

const known = new WeakMap<Field, Field>()

/** What reads a list of values of a field. */
export function listOf(field: Field): Field {
  let list = known.get(field)
  if (!list) {
    list = new ListOutput(field).bind('value')
    known.set(field, list)
  }
  return list
}
