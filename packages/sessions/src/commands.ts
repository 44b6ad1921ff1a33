import { defineCommand } from '@nuages/core'
import { sessionEngine } from './engines/active-engine.ts'
import { deleteExpiredSessions } from './expired-sessions.ts'

/** Deletes the sessions that have expired: run it daily. Django's `clearsessions`. */
export const clearsessions = defineCommand({
  name: 'clearsessions',
  help: 'Delete the sessions that have expired.',
  async run({ stdout }) {
    const deleted = await deleteExpiredSessions()
    stdout.write(
      deleted === undefined
        ? `Sessions of the engine '${sessionEngine().name}' go by themselves when they have expired.\n`
        : `Deleted ${deleted === 1 ? '1 session that has' : `${deleted} sessions that have`} expired.\n`,
    )
  },
})
