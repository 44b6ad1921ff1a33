import type { Environ } from './contract.ts'
import { metaVariables } from './meta-variables.ts'

/** An environ that computes its names has this: the `HTTP_*` names that it would answer. */
export const headerEnvironNames: unique symbol = Symbol('nuages.headerEnvironNames')

const otherNames = [
  'REQUEST_METHOD',
  'SCRIPT_NAME',
  'PATH_INFO',
  ...metaVariables,
  'gateway.version',
  'gateway.urlScheme',
  'gateway.input',
  'gateway.errors',
  'gateway.multiprocess',
  'gateway.runOnce',
  'gateway.signal',
] as const satisfies readonly (keyof Environ)[]

/** A plain object with every name of `environ` that has a value: for a debug page, a log, or a copy that outlives the request. */
export function toPlainEnviron(environ: Environ): Environ {
  const plain: Record<string, unknown> = {}
  const from = environ as Environ & { readonly [headerEnvironNames]?: readonly string[] }
  const names = new Set<string>([...otherNames, ...(from[headerEnvironNames] ?? [])])
  for (const name in environ) names.add(name)
  for (const name of names) {
    const value = (environ as unknown as Record<string, unknown>)[name]
    if (value !== undefined) plain[name] = value
  }
  return plain as unknown as Environ
}
