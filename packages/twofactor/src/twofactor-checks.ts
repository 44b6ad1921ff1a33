import { apps } from '@nuages/core'
import type { CheckMessage } from '@nuages/foundation'
import { NoReverseMatch, reverseName } from '@nuages/urls'

/** What the app needs around it. */
export function twofactorChecks(): readonly CheckMessage[] {
  return [...missingApps(), ...appOrder(), ...missingUrls()]
}

const needed = ['sessions', 'auth']

function missingApps(): CheckMessage[] {
  return needed
    .filter((name) => !apps.has(name))
    .map((name) => ({
      level: 'error',
      id: 'twofactor.E001',
      message: `The app twofactor needs the app ${name}.`,
      hint: `Add ${name} (of nuages/${name}) to installedApps, before twofactor.`,
      object: 'twofactor',
    }))
}

/** A warning only: it has no middleware whose place would matter, and its step is taken whenever it was registered. */
function appOrder(): CheckMessage[] {
  const names = apps.all().map(({ name }) => name)
  return needed
    .filter((name) => names.indexOf(name) > names.indexOf('twofactor'))
    .map((name) => ({
      level: 'warning',
      id: 'twofactor.W001',
      message: `installedApps names twofactor before ${name}, on which it stands: templates, texts and steps of a log-in are looked for in that order.`,
      hint: `Name ${name} before twofactor.`,
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
