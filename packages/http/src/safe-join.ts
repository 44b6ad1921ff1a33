import { resolve, sep } from 'node:path'
import { SuspiciousFileOperation } from './errors.ts'

/**
 * Joins a path from outside to a directory. Throws `SuspiciousFileOperation` where the result would leave the directory: by
 * `..`, an absolute path, a drive or a NUL. Django's `safe_join`. Links on the way are followed, as the project made them.
 */
export function safeJoin(root: string, path: string): string {
  const base = resolve(root)
  const joined = resolve(base, path)
  const inside = joined === base || joined.startsWith(base.endsWith(sep) ? base : base + sep)
  if (path.includes('\0') || !inside) {
    throw new SuspiciousFileOperation(`The path '${path.slice(0, 200)}' leads out of its directory.`)
  }
  return joined
}
