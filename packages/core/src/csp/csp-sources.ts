import type { CspDirective, CspDirectives } from './csp.ts'

/** The sources of the first of `directives` that the policy has, which are the ones that hold; `undefined` where it has none. */
export function cspSources(
  policy: CspDirectives,
  ...directives: readonly CspDirective[]
): readonly string[] | undefined {
  for (const directive of directives) {
    const value = policy[directive]
    if (typeof value === 'string') return value.trim().split(/\s+/)
    if (typeof value === 'object') return value
  }
  return undefined
}
