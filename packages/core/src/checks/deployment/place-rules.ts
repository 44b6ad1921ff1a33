import { isAbsolute, relative, resolve, sep } from 'node:path'
import { apps } from '../../apps/app-registry.ts'
import type { Settings } from '../../settings/settings.ts'
import type { DeploymentRule } from './deployment-rule.ts'

const elsewhere = 'Keep the two apart: what is served lies in folders of its own.'

/** Files that nobody may fetch, and the folders whose files everybody may. */
export const placeRules: readonly DeploymentRule[] = [
  {
    id: 'security.N050',
    hint: elsewhere,
    find: (settings) => {
      const roots = [settings.baseDir, ...settings.templates.dirs, ...apps.all().map(({ dir }) => dir)]
      return firstExposed(
        settings,
        (served) => roots.find((root) => isWithin(root, served)),
        'can be read by everybody',
      )
    },
  },
  {
    id: 'security.N051',
    hint: elsewhere,
    find: (settings) => {
      const files = sqliteFiles(settings)
      return firstExposed(
        settings,
        (served) => files.find((file) => isWithin(file, served)),
        'is a database for everybody',
      )
    },
  },
  {
    id: 'security.N052',
    hint: 'Leave uploadTempDir out, for the folder of the system, or name one that nothing is served from.',
    find: (settings) => {
      const { uploadTempDir } = settings
      if (uploadTempDir === undefined) return undefined
      return firstExposed(
        settings,
        (served) => isWithin(uploadTempDir, served) && uploadTempDir,
        'holds uploads that no view has looked at',
      )
    },
  },
]

/** The first path that lies in a folder whose files are served, as `pick` finds it, in words. */
function firstExposed(
  { mediaRoot, staticRoot, staticDirs }: Settings,
  pick: (served: string) => string | false | undefined,
  consequence: string,
): string | undefined {
  const served = { mediaRoot: [mediaRoot], staticRoot: staticRoot === undefined ? [] : [staticRoot], staticDirs }
  for (const [name, folders] of Object.entries(served)) {
    for (const folder of folders) {
      const found = pick(folder)
      if (found) return `'${found}' is in '${folder}' of ${name}, which is served: it ${consequence}.`
    }
  }
  return undefined
}

/** Where databases of the scheme `sqlite:` lie. */
function sqliteFiles({ databases, baseDir }: Settings): string[] {
  return Object.values(databases)
    .map((url) => /^sqlite:([^?]+)/.exec(url)?.[1])
    .filter((path) => path !== undefined)
    .map((path) => resolve(baseDir, path.replace(/^\/\/(?=\/)/, '')))
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
