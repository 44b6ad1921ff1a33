import { ImproperlyConfigured } from '@nuages/foundation'
import type { App } from '../apps/define-app.ts'
import { type Command, isCommand } from './define-command.ts'

/** A command and the app it comes from. */
export interface AppCommand {
  readonly app: App
  readonly command: Command
}

/**
 * Imports the command modules of `apps` and returns every exported command by its name. Throws `ImproperlyConfigured`
 * when two apps have a command of the same name: which one runs would depend on the order of `installedApps`.
 */
export async function gatherCommands(apps: readonly App[]): Promise<ReadonlyMap<string, AppCommand>> {
  const modules = await Promise.all(apps.map(async (app) => ({ app, module: (await app.commands?.()) ?? {} })))
  const found = new Map<string, AppCommand>()
  for (const { app, module } of modules) {
    for (const command of Object.values(module).filter(isCommand)) {
      const before = found.get(command.name)
      if (before && before.command !== command) {
        throw new ImproperlyConfigured(
          `The apps '${before.app.name}' and '${app.name}' both have a command named '${command.name}'. Rename one.`,
        )
      }
      found.set(command.name, { app, command })
    }
  }
  return found
}
