import { defineCommand } from '@nuages/core'
import { deleteExpiredSessions } from './session-rows.ts'

/** Deletes the sessions that have expired: run it daily. Django's `clearsessions`. */
export const clearsessions = defineCommand({
  name: 'clearsessions',
  help: 'Delete the sessions that have expired from the database.',
  async run({ stdout }) {
    const deleted = await deleteExpiredSessions()
    stdout.write(`Deleted ${deleted === 1 ? '1 session that has' : `${deleted} sessions that have`} expired.\n`)
  },
})
