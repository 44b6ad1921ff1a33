import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { apps } from '@nuages/core'
import type { ModelMeta } from '@nuages/orm'
import type { KnownModel } from '@nuages/orm/migrations'

/** What comes with Nuages, each exported under its own name. */
const packages = new Set(['auth', 'contenttypes', 'sessions', 'admin'])

type App = ReturnType<typeof apps.all>[number]

/** The models of the project in `baseDir`, for a module in the folder `folder` that is to have relations to them. */
export function knownModels(baseDir: string, folder: string): KnownModel[] {
  return apps.all().flatMap((app) => {
    const from = moduleOf(app, baseDir, folder)
    return apps.models(app.name).flatMap((model) => {
      const { meta } = model as unknown as { readonly meta: ModelMeta }
      if (meta.proxyFor) return []
      const pairs = meta.manyToMany.filter((field) => field.ownsTable).map(({ through }) => ({ table: through.table }))
      const own = from === undefined ? {} : { model: { name: meta.name, from } }
      return [{ table: meta.table, ...own }, ...pairs]
    })
  })
}

/** The module of an app's models; `undefined` where it is not known what it is called. */
function moduleOf({ name, dir }: App, baseDir: string, folder: string): string | undefined {
  const isOwn = !relative(baseDir, dir).startsWith('..') && !dir.includes('node_modules')
  if (!isOwn) return packages.has(name) ? `nuages/${name}` : undefined
  const file = ['models.ts', 'models/index.ts'].map((path) => join(dir, path)).find((path) => existsSync(path))
  if (file === undefined) return undefined
  const path = relative(folder, file)
  return path.startsWith('.') ? path : `./${path}`
}
