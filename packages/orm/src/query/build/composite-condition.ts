import { FieldError, FieldValueError } from '../../errors.ts'
import type { CompositeKeyField } from '../../fields/composite-key-field.ts'
import { Expression } from '../expressions/expression.ts'
import { Condition, type ConditionPart } from '../q.ts'
import { isQuerySource } from '../query.ts'

/** What a condition on a key of several fields asks of these: `prefix` leads to their model. Throws for what cannot be asked. */
export function compositeCondition(key: CompositeKeyField, lookup: string, value: unknown, prefix: string): Condition {
  const names = key.parts.map((part) => prefix + part.attribute)
  if (value instanceof Expression || isQuerySource(value)) {
    throw new FieldError(`'${prefix}pk' is a key of several fields, which is compared with lists of values alone.`)
  }
  switch (lookup) {
    case 'exact':
      return value === null ? isNull(names, true) : equal(key, names, value)
    case 'isnull':
      if (typeof value !== 'boolean') throw new FieldValueError(`${prefix}pk`, 'true or false', value)
      return isNull(names, value)
    case 'in':
      return oneOf(
        [...(value as Iterable<unknown>)].map((each) => equal(key, names, each)),
        names,
      )
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return ordered(key, names, lookup, value)
    default:
      throw new FieldError(
        `The key '${prefix}pk' has no lookup '${lookup}'. Lookups: exact, in, isnull, gt, gte, lt, lte.`,
      )
  }
}

/** A key is there or not as a whole, so that its first part tells. */
function isNull([first]: readonly string[], value: boolean): Condition {
  return new Condition('AND', [{ [`${first}__isnull`]: value }])
}

function equal(key: CompositeKeyField, names: readonly string[], value: unknown): Condition {
  key.partsOf(value)
  const values = value as readonly unknown[]
  return new Condition('AND', [Object.fromEntries(names.map((name, at) => [name, values[at]]))])
}

/** Joined in pairs of pairs: databases limit how deep a condition goes. */
function oneOf(conditions: readonly Condition[], [first]: readonly string[]): Condition {
  if (conditions.length === 0) return new Condition('AND', [{ [`${first}__in`]: [] }])
  if (conditions.length === 1) return conditions[0]!
  if (conditions.length <= 8) return new Condition('OR', conditions as readonly ConditionPart[])
  const half = Math.ceil(conditions.length / 2)
  return new Condition('OR', [oneOf(conditions.slice(0, half), [first!]), oneOf(conditions.slice(half), [first!])])
}

/** As lists are ordered: by the first part that differs. */
function ordered(key: CompositeKeyField, names: readonly string[], lookup: string, value: unknown): Condition {
  key.partsOf(value)
  const values = value as readonly unknown[]
  const strict = lookup.slice(0, 2)
  const alternatives = names.map((name, at): ConditionPart => {
    const before = Object.fromEntries(names.slice(0, at).map((own, index) => [own, values[index]]))
    const last = at === names.length - 1 ? lookup : strict
    return { ...before, [`${name}__${last}`]: values[at] }
  })
  return new Condition('OR', alternatives)
}
