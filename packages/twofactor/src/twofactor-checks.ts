import { apps } from '@nuages/core'
import type { CheckMessage } from '@nuages/foundation'
import { NoReverseMatch, reverseName } from '@nuages/urls'

/** What the app needs around it. */
export function twofactorChecks(): readonly CheckMessage[] {
  return [...missingApps(), ...missingUrls()]
}

function missingApps(): CheckMessage[] {
  return ['sessions', 'auth']
    .filter((name) => !apps.has(name))
    .map((name) => ({
      level: 'error',
      id: 'twofactor.E001',
      message: `The app twofactor needs the app ${name}.`,
      hint: `Add ${name} (of nuages/${name}) to installedApps, before twofactor.`,
      object: 'twofactor',
    }))
}

/** Without its pages nobody who has a second factor could log in. */
function missingUrls(): CheckMessage[] {
  try {
    reverseName('twofactor_challenge')
    return []
  } catch (error) {
    if (!(error instanceof NoReverseMatch)) throw error
    return [
      {
        level: 'error',
        id: 'twofactor.E002',
        message: "There is no URL named 'twofactor_challenge': who turned the second factor on could not log in.",
        hint: "Add path('accounts/two-factor/', include(twofactorUrls)) to the URLconf, in no namespace.",
        object: 'twofactor',
      },
    ]
  }
}
