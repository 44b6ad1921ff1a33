import { Field } from '../../fields/field.ts'
import { ForeignKeyField } from '../../relations/foreign-key.ts'
import { ManyToManyField } from '../../relations/many-to-many.ts'
import type { OneOff } from '../operations/field-operations.ts'
import type { FieldDeclaration } from '../state/field-state.ts'
import { isSame } from '../state/plain-form.ts'

/** A field as an operation declares it, with what rows get that are there. */
export interface DeclaredField {
  readonly field: FieldDeclaration
  readonly options: OneOff
}

/** A field that is added and then altered, as it is added at once; `undefined` where rows would get something else. */
export function addedAs(first: DeclaredField, second: DeclaredField): DeclaredField | undefined {
  if (!holdsTheSame(first.field, second.field)) return undefined
  const given = filling(first)
  if (given !== nothing) return filledWith(given, second.field)
  // Rows hold NULL until the second, and keep it where they may.
  return mayBeNull(second.field) && filling(second) !== nothing ? undefined : second
}

/** A field that is altered twice, as it is altered at once; `undefined` where rows would get something else. */
export function alteredAs(first: DeclaredField, second: DeclaredField): DeclaredField | undefined {
  if (!holdsTheSame(first.field, second.field)) return undefined
  // Only where NULL may no longer stand does something come in its place.
  if (mayBeNull(first.field)) return second
  const given = filling(first)
  if (given === nothing) return { field: second.field, options: {} }
  return mayBeNull(second.field) ? undefined : filledWith(given, second.field)
}

/** What rows get where they have nothing: a value, or what the field says by itself, each time anew. */
type Filling = { readonly value: unknown } | { readonly itself: unknown } | typeof nothing

const nothing: unique symbol = Symbol('nothing')

function filling({ field, options: { oneOff } }: DeclaredField): Filling {
  if (oneOff !== undefined) return { value: oneOff }
  if (!(field instanceof Field) || field.generated) return nothing
  const { default: initial, dbDefault, autoNow, autoNowAdd } = field.options
  if (dbDefault !== undefined) return { itself: { dbDefault } }
  if (autoNow === true || autoNowAdd === true) return { itself: 'now' }
  if (typeof initial === 'function') return { itself: initial }
  return initial === undefined || initial === null ? nothing : { value: initial }
}

function filledWith(given: Exclude<Filling, typeof nothing>, field: FieldDeclaration): DeclaredField | undefined {
  if (isSame(given, filling({ field, options: {} }))) return { field, options: {} }
  return 'value' in given ? { field, options: { oneOff: given.value } } : undefined
}

function mayBeNull(field: FieldDeclaration): boolean {
  return !(field instanceof Field) || field.null
}

/**
 * Whether the second field holds any value of the first as it is. What goes from text to numbers by way of dates does not get
 * there by the straight way.
 */
function holdsTheSame(first: FieldDeclaration, second: FieldDeclaration): boolean {
  if (first instanceof ManyToManyField || second instanceof ManyToManyField) {
    return (
      first instanceof ManyToManyField &&
      second instanceof ManyToManyField &&
      isSame(first.options.through, second.options.through)
    )
  }
  if (first instanceof ForeignKeyField || second instanceof ForeignKeyField) {
    return first instanceof ForeignKeyField && second instanceof ForeignKeyField
  }
  if (first.generated !== second.generated || first.kind !== second.kind) return false
  return !exact.has(first.kind) || first.columnType('postgresql') === second.columnType('postgresql')
}

/** Kinds whose types differ in more than how much they hold. */
const exact: ReadonlySet<string> = new Set(['decimal', 'array'])
