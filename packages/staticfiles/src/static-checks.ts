import { existsSync, statSync } from 'node:fs'
import { type Settings, settings } from '@nuages/core'
import type { CheckMessage } from '@nuages/foundation'

/** What can be wrong with the folders of static files. Ids are Django's. */
export function checkStaticDirs(): readonly CheckMessage[] {
  const { staticDirs, staticRoot } = settings as Settings
  return staticDirs.flatMap((dir): CheckMessage[] => {
    if (dir === staticRoot) return [sameAsRoot(dir)]
    return existsSync(dir) && statSync(dir).isDirectory() ? [] : [notThere(dir)]
  })
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
