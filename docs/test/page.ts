import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The folder of the repository. */
export const root = resolve(import.meta.dirname, '../..')

/** A page of the documentation. */
export interface Page {
  /** Relative to the repository, with `/`: `docs/urls.md`. */
  readonly path: string
  readonly text: string
}

/** Every page that a reader is led to, in the order of their paths. */
export function allPages(): Page[] {
  const paths = ['README.md', 'CONTRIBUTING.md', 'docs/**/*.md', 'packages/*/README.md', 'starter-project/README.md']
  return globSync(paths, { cwd: root, exclude: ['**/node_modules/**'] })
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}
