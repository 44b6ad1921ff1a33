/** In place of a value: the database gives it when the row is inserted. Django's `DatabaseDefault`. */
export const databaseDefault: unique symbol = Symbol('nuages.databaseDefault')

export function isDatabaseDefault(value: unknown): value is typeof databaseDefault {
  return value === databaseDefault
}
