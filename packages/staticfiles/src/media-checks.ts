import { sep } from 'node:path'
import { apps, type Settings, settings } from '@nuages/core'
import type { CheckMessage } from '@nuages/foundation'
import { staticSources } from './static-source.ts'

/** What can be wrong with the place of uploaded files. */
export function checkMedia(): readonly CheckMessage[] {
  return [
    ...checkRoot(settings as Settings),
    ...checkStorages(settings as Settings),
    ...checkUrls(settings as Settings),
  ]
}

interface Folder {
  readonly dir: string
  readonly what: string
  /** Whether uploads may not be inside of it either. */
  readonly holds: boolean
}

/** Folders that are not for uploads. */
function otherFolders({ baseDir, templates, staticRoot }: Settings): Folder[] {
  return [
    { dir: baseDir, what: 'the project', holds: false },
    ...apps.all().map(({ dir, name }) => ({ dir, what: `the app '${name}'`, holds: false })),
    ...templates.dirs.map((dir) => ({ dir, what: 'templates', holds: true })),
    ...(staticRoot === undefined ? [] : [{ dir: staticRoot, what: 'staticRoot', holds: true }]),
    ...staticSources().map(({ dir, owner }) => ({ dir, what: `static files of ${owner}`, holds: true })),
  ]
}

/** A folder that cannot be together with `root`, and how the two lie. */
function neighbour(settings: Settings, root: string): (Folder & { readonly relation: string }) | undefined {
  const found = otherFolders(settings).find(({ dir, holds }) => isIn(dir, root) || (holds && isIn(root, dir)))
  return found && { ...found, relation: isIn(found.dir, root) ? 'which holds' : 'which is inside' }
}

/** A storage may be meant to make static files; visitors' files among them would run as the site's own. */
function checkStorages(settings: Settings): CheckMessage[] {
  return Object.entries(settings.storages).flatMap(([alias, storage]): CheckMessage[] => {
    const { root } = storage as { readonly root?: unknown }
    const found = typeof root === 'string' ? neighbour(settings, root) : undefined
    if (found === undefined) return []
    return [
      {
        level: 'warning',
        id: 'staticfiles.W901',
        message: `storages.${alias} keeps files in '${root}', ${found.relation} '${found.dir}' of ${found.what}: what is uploaded there is mixed with it.`,
        hint: 'Give it a folder of its own, below mediaRoot or beside it.',
        object: `settings.storages.${alias}`,
      },
    ]
  })
}

/** All of `mediaRoot` may be read by everybody and, in part, written by visitors: nothing else may be in it, nor it in that. */
function checkRoot(settings: Settings): CheckMessage[] {
  const { mediaRoot } = settings
  const found = neighbour(settings, mediaRoot)
  if (found === undefined) return []
  return [
    {
      level: 'error',
      id: 'staticfiles.E900',
      message: `mediaRoot is '${mediaRoot}', ${found.relation} '${found.dir}' of ${found.what}: uploaded files would be mixed with it.`,
      hint: "Keep them in a folder of their own, such as mediaRoot: 'media'.",
      object: 'settings.mediaRoot',
    },
  ]
}

function checkUrls({ mediaUrl, staticUrl }: Settings): CheckMessage[] {
  if (!mediaUrl.startsWith(staticUrl) && !staticUrl.startsWith(mediaUrl)) return []
  return [
    {
      level: 'error',
      id: 'staticfiles.E901',
      message: `mediaUrl '${mediaUrl}' and staticUrl '${staticUrl}' are one inside the other: a path would stand for two files.`,
      hint: "Keep them apart, as '/media/' and '/static/' are.",
      object: 'settings.mediaUrl',
    },
  ]
}

function isIn(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : outer + sep)
}
