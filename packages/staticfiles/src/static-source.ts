import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { apps, fromSettings } from '@nuages/core'

/** A folder that static files are found in. */
export interface StaticSource {
  readonly dir: string
  /** Whose it is, as a person would name it: `'the project'` or `'blog'`. */
  readonly owner: string
}

/** Every folder, in the order it is searched: the project's `staticDirs`, then `static/` of each app. Django's finders. */
export const staticSources: () => readonly StaticSource[] = fromSettings(({ staticDirs }) => [
  ...staticDirs.map((dir) => ({ dir, owner: 'the project' })),
  ...apps
    .all()
    .map((app) => ({ dir: join(app.dir, 'static'), owner: app.name }))
    .filter(({ dir }) => existsSync(dir)),
])
