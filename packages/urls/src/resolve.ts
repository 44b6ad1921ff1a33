import type { ResolverMatch } from './resolver-match.ts'
import { getUrlconf } from './urlconf.ts'

/** The view of a decoded path, without where the application is mounted. Throws `Resolver404`. Django's `resolve`. */
export function resolve(path: string): ResolverMatch {
  return getUrlconf().resolve(path)
}
