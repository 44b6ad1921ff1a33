import { existsSync } from 'node:fs'
import type { CheckMessage } from '@nuages/foundation'
import { isDerivedSecretKey } from '../settings/secret-key.ts'
import type { Settings } from '../settings/settings.ts'

/** What is odd about settings that are each valid. */
export function checkSettings(settings: Settings): CheckMessage[] {
  const messages: CheckMessage[] = []
  if (isDerivedSecretKey(settings.secretKey)) {
    messages.push({
      level: 'info',
      id: 'settings.I001',
      message: 'secretKey is not set; while debug is on, a key made from this machine and folder is used.',
      hint: 'Set SECRET_KEY in the environment before the site goes online.',
    })
  }
  if (settings.csrfUseSessions && !settings.installedApps.some(({ name }) => name === 'sessions')) {
    messages.push({
      level: 'error',
      id: 'csrf.E001',
      message: 'csrfUseSessions is on, and the app sessions is not installed: no form can be sent.',
      hint: 'Add the app of nuages/sessions to installedApps, or leave csrfUseSessions out.',
    })
  }
  for (const dir of settings.templates.dirs.filter((dir) => !existsSync(dir))) {
    messages.push({
      level: 'warning',
      id: 'templates.W010',
      message: `The template folder '${dir}' does not exist.`,
      hint: 'Make the folder, or take it out of templates.dirs.',
    })
  }
  for (const app of settings.installedApps.filter((app) => !existsSync(app.dir))) {
    messages.push({
      level: 'error',
      id: 'apps.E001',
      message: `The folder of the app '${app.name}' does not exist: '${app.dir}'.`,
      hint: 'Write dir: import.meta.dirname in its app.ts.',
      object: app.name,
    })
  }
  return messages
}
