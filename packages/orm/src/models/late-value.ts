import type { Decoder, Field } from '../fields/field.ts'
import { type Row, type RowState, stateOf } from './row.ts'

/** Stands for an assigned `undefined`, which is no value to be read yet. */
const assignedUndefined = Symbol('undefined')

const properties = new WeakMap<Field, PropertyDescriptor>()

/**
 * An attribute whose value is made of what the database gave when it is first asked for: what a date costs to make is more than all
 * else that is done for its row. It is a property of the row itself, so that whoever looks a row over sees it. One for all rows, so
 * that they are alike to the engine.
 * @param place where the field stands among the model's
 */
export function lateProperty(field: Field, place: number): PropertyDescriptor {
  let property = properties.get(field)
  if (property === undefined) {
    property = makeProperty(field.decoder() as Decoder, place)
    properties.set(field, property)
  }
  return property
}

function makeProperty(decode: Decoder, place: number): PropertyDescriptor {
  return {
    configurable: true,
    enumerable: true,
    get(this: Row) {
      const state = stateOf(this)
      const known = state.late?.[place]
      if (known === undefined) return readLate(state, decode, place)
      return known === assignedUndefined ? undefined : known
    },
    set(this: Row, value: unknown) {
      const state = stateOf(this)
      state.late ??= []
      state.late[place] = value === undefined ? assignedUndefined : value
    },
  }
}

function readLate(state: RowState, decode: Decoder, place: number): unknown {
  const value = decode(state.raw![state.rawAt + place] as never)
  state.late ??= []
  state.late[place] = value
  return value
}

/** A row for `console.log`, which shows no values of properties that are functions. */
export function withPlainValues(row: Row, hidden: symbol): object {
  const plain = Object.create(Object.getPrototypeOf(row)) as object
  for (const [name, value] of Object.entries(row)) {
    Object.defineProperty(plain, name, { value, enumerable: true, configurable: true, writable: true })
  }
  return Object.defineProperty(plain, hidden, { value: undefined })
}
