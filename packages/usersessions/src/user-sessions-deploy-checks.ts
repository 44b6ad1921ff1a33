import { apps } from '@nuages/core'
import type { CheckMessage } from '@nuages/foundation'
import { sessionEngine } from '@nuages/sessions'

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
