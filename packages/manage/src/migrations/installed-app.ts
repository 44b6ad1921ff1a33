import { apps, CommandError } from '@nuages/core'
import { didYouMean } from '@nuages/foundation'

/** Sees to it that the name of an app on the command line is one. Throws `CommandError`, which names the nearest. */
export function requireInstalledApps(names: readonly string[]): void {
  const installed = apps.all().map((app) => app.name)
  const unknown = names.find((name) => !installed.includes(name))
  if (unknown === undefined) return
  throw new CommandError(
    `There is no app '${unknown}'.${didYouMean(unknown, installed)} Apps: ${installed.join(', ') || 'none'}.`,
  )
}
