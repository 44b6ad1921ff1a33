import { apps } from '@nuages/core'
import type { CheckMessage } from '@nuages/foundation'
import { sessionEngine } from '@nuages/sessions'

/** What the app needs before it. */
export function checkNeededApps(): readonly CheckMessage[] {
  const names = apps.all().map(({ name }) => name)
  const own = names.indexOf('usersessions')
  return ['sessions', 'auth']
    .filter((name) => !names.includes(name) || names.indexOf(name) > own)
    .map((name) => ({
      level: 'error' as const,
      id: 'usersessions.E001',
      message: names.includes(name)
        ? `installedApps names usersessions before ${name}: nobody looks whether a session was ended.`
        : `The app usersessions needs the app ${name}.`,
      hint: `Name ${name} before usersessions in installedApps.`,
      object: 'usersessions',
    }))
}

/** Where sessions are kept decides what ending one can do. */
export function checkEngine(): readonly CheckMessage[] {
  const { name, canDelete } = sessionEngine()
  if (canDelete || !apps.has('sessions')) return []
  return [
    {
      level: 'info',
      id: 'usersessions.I001',
      message: `Sessions of the engine '${name}' cannot be deleted: one that was ended logs nobody in, and what else its cookie holds can be read until it expires.`,
      hint: "Let sessions.engine be 'database', 'cachedDatabase', 'cache' or 'file' where that matters.",
      object: 'usersessions',
    },
  ]
}
