/** What happens to a row when the row that it points to is deleted. The ORM does it, as Django's does, not the database. */
export type OnDelete = 'CASCADE' | 'PROTECT' | 'RESTRICT' | 'SET_NULL' | 'SET_DEFAULT' | 'DO_NOTHING' | SetOnDelete

/** The key becomes a value of the model's choice: what `SET` gives. */
export class SetOnDelete {
  readonly value: () => unknown

  constructor(value: () => unknown) {
    this.value = value
  }
}

/** The row is deleted too. */
export const CASCADE = 'CASCADE'
/** The deletion fails with `ProtectedError`. */
export const PROTECT = 'PROTECT'
/** The deletion fails with `RestrictedError`, unless the row would be deleted with it by another way. */
export const RESTRICT = 'RESTRICT'
/** The key becomes null: the relation needs `null: true`. */
export const SET_NULL = 'SET_NULL'
/** The key becomes the field's default. */
export const SET_DEFAULT = 'SET_DEFAULT'
/** Nothing: the database's own constraint answers. */
export const DO_NOTHING = 'DO_NOTHING'
/** The key becomes this one, or the one that the function gives, called when a row is deleted: `SET(() => somebody.id)`. */
export function SET(value: unknown): SetOnDelete {
  return new SetOnDelete(typeof value === 'function' ? (value as () => unknown) : () => value)
}
