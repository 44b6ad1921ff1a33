import { existsSync, statSync } from 'node:fs'
import { type Settings, settings } from '@nuages/core'
import { type CheckMessage, NuagesError } from '@nuages/foundation'
import { activeManifest } from './manifest/active-manifest.ts'
import { staticfilesSection } from './staticfiles-settings.ts'

/** What can be wrong with the folders of static files. Ids are Django's. */
export function checkStaticDirs(): readonly CheckMessage[] {
  const { staticDirs, staticRoot } = settings as Settings
  return staticDirs.flatMap((dir): CheckMessage[] => {
    if (dir === staticRoot) return [sameAsRoot(dir)]
    return existsSync(dir) && statSync(dir).isDirectory() ? [] : [notThere(dir)]
  })
}

/** What is missing before the site is served: where files are to be collected, they have been. */
export function checkManifest(): readonly CheckMessage[] {
  const { staticRoot, debug } = settings as Settings
  const { manifest } = staticfilesSection(settings as Settings)
  if (debug || manifest === false) return []
  try {
    if (activeManifest() !== undefined || staticRoot === undefined) return []
    return [notCollected(staticRoot)]
  } catch (error) {
    if (!(error instanceof NuagesError)) throw error
    const { message, hint } = error
    return [
      {
        level: 'error',
        id: 'staticfiles.E902',
        message,
        ...(hint === undefined ? {} : { hint }),
        object: 'settings.staticRoot',
      },
    ]
  }
}

function notCollected(staticRoot: string): CheckMessage {
  return {
    level: 'warning',
    id: 'staticfiles.W900',
    message: `Nothing was collected into staticRoot, '${staticRoot}': static files have no hashed names, and none is compressed.`,
    hint: "Run 'node manage.ts collectstatic' when the site is deployed, or take staticRoot out of the settings.",
    object: 'settings.staticRoot',
  }
}

function notThere(dir: string): CheckMessage {
  return {
    level: 'warning',
    id: 'staticfiles.W004',
    message: `The folder '${dir}' of staticDirs does not exist.`,
    hint: 'Make it, or take it out of staticDirs in the settings.',
    object: 'settings.staticDirs',
  }
}

function sameAsRoot(dir: string): CheckMessage {
  return {
    level: 'error',
    id: 'staticfiles.E002',
    message: `staticDirs contains staticRoot, '${dir}': files would be collected from where they are collected to.`,
    hint: 'Keep the two apart.',
    object: 'settings.staticDirs',
  }
}
