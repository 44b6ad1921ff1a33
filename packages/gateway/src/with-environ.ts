import type { Environ } from './contract.ts'

/**
 * A copy of `environ` with some names changed, for middleware: `withEnviron(environ, { SCRIPT_NAME: '/shop', PATH_INFO })`.
 * What is not named still comes from the original, so names nobody reads still cost nothing.
 */
export function withEnviron(environ: Environ, changes: Partial<Environ> & Record<string, unknown>): Environ {
  const derived: Record<string, unknown> = Object.create(environ)
  for (const name of Object.keys(changes)) {
    Object.defineProperty(derived, name, { value: changes[name], enumerable: true, writable: true, configurable: true })
  }
  return derived as unknown as Environ
}
