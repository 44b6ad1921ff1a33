/** In place of SQL or code: there is nothing to do in that direction. Django's `RunSQL.noop` and `RunPython.noop`. */
export const noop: unique symbol = Symbol('nuages.migrations.noop')
