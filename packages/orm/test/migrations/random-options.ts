import { F, Lower, Q } from '../../src/index.ts'
import { vendor } from '../temporary-database.ts'

/** What `name` and `size` are called, and the model and its key that an index or constraint is named after. */
interface Named {
  readonly id: number
  readonly name: string
  readonly size: string
}

const onPostgres = {
  include: ({ id, name, size }: Named) => ({ name: `include_${id}`, fields: [name], include: [size] }),
  opclass: ({ id, name }: Named) => ({ name: `pattern_${id}`, fields: [name], opclasses: ['text_pattern_ops'] }),
  hash: ({ id, name }: Named) => ({ name: `hash_${id}`, fields: [name], using: 'hash' }),
  nullsEqual: ({ id, name }: Named) => ({ type: 'unique', name: `nulls_${id}`, fields: [name], nullsDistinct: false }),
  deferred: ({ id, size }: Named) => ({
    type: 'unique',
    name: `deferred_${id}`,
    fields: [size],
    deferrable: 'deferred',
  }),
  exclusion: ({ id, name, size }: Named) => ({
    type: 'exclude',
    name: `exclude_${id}`,
    expressions: [[Lower(name), '=']],
    using: 'spgist',
    condition: { [`${size}__gt`]: 1 },
  }),
}

/** Indexes and constraints of the two fields that every model has. */
const options = {
  index: ({ name, size }: Named) => ({ fields: [`-${size}`, name] }),
  part: ({ id, name, size }: Named) => ({ name: `part_${id}`, fields: [name], condition: Q({ [`${size}__lt`]: 5 }) }),
  expression: ({ id, name, size }: Named) => ({ name: `lower_${id}`, expressions: [Lower(name).desc(), F(size)] }),
  search: ({ id, name }: Named) => ({ name: `words_${id}`, fields: [name], using: 'search' }),
  unique: ({ name, size }: Named) => ({ type: 'unique', fields: [name, size] }),
  uniquePart: ({ id, name, size }: Named) => ({
    type: 'unique',
    name: `one_${id}`,
    fields: [size],
    condition: { [name]: 'x' },
  }),
  uniqueExpression: ({ id, name }: Named) => ({ type: 'unique', name: `same "${id}"`, expressions: [Lower(name)] }),
  check: ({ id, size }: Named) => ({ type: 'check', name: `size_${id}`, condition: { [`${size}__gte`]: 0 } }),
  otherCheck: ({ id, name, size }: Named) => ({
    type: 'check',
    name: `size_${id}`,
    condition: Q({ [`${size}__lt`]: 100 }).and({ [`${name}__gt`]: '' }),
  }),
  ...(vendor === 'postgresql' ? onPostgres : ({} as typeof onPostgres)),
} as const

export type OptionName = keyof typeof options
export const optionNames = Object.keys(options) as OptionName[]

/** Those that have the same name, of which a model has one. */
export const together: readonly (readonly OptionName[])[] = [['check', 'otherCheck']]

/** What a model has of the two: `{ indexes, constraints }`. */
export function declaredOptions(chosen: readonly OptionName[], named: Named) {
  const all = chosen.map((option) => options[option](named) as object)
  return {
    indexes: all.filter((option) => !('type' in option)),
    constraints: all.filter((option) => 'type' in option),
  }
}
