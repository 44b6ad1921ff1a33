/**
 * A member of an environ that says that the request needs no token: set by the test client. No header and no variable of a
 * server can be a symbol, so nobody outside of the process can set it.
 */
export const skipCsrfChecks: unique symbol = Symbol.for('nuages.skipCsrfChecks')
