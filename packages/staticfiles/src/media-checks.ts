import { sep } from 'node:path'
import { apps, type Settings, settings } from '@nuages/core'
import type { CheckMessage } from '@nuages/foundation'
import { staticSources } from './static-source.ts'

/** What can be wrong with the place of uploaded files. */
export function checkMedia(): readonly CheckMessage[] {
  return [...checkRoot(settings as Settings), ...checkUrls(settings as Settings)]
}

/** All of `mediaRoot` may be read by everybody and, in part, written by visitors: nothing else may be in it, nor it in that. */
function checkRoot({ mediaRoot, baseDir, templates }: Settings): CheckMessage[] {
  const folders = [
    { dir: baseDir, what: 'the project', holds: false },
    ...apps.all().map(({ dir, name }) => ({ dir, what: `the app '${name}'`, holds: false })),
    ...templates.dirs.map((dir) => ({ dir, what: 'templates', holds: true })),
    ...staticSources().map(({ dir, owner }) => ({ dir, what: `static files of ${owner}`, holds: true })),
  ]
  const wrong = folders.find(({ dir, holds }) => isIn(dir, mediaRoot) || (holds && isIn(mediaRoot, dir)))
  if (wrong === undefined) return []
  const relation = isIn(wrong.dir, mediaRoot) ? 'which holds' : 'which is inside'
  return [
    {
      level: 'error',
      id: 'staticfiles.E900',
      message: `mediaRoot is '${mediaRoot}', ${relation} '${wrong.dir}' of ${wrong.what}: uploaded files would be mixed with it.`,
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
