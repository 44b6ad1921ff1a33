import { type Settings, settings } from '@nuages/core'
import { type CheckMessage, NuagesError } from '@nuages/foundation'
import { activeManifest } from './manifest/active-manifest.ts'
import { staticfilesSection } from './staticfiles-settings.ts'

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
