import type { ChangeRecord } from '../log/change-message.ts'

/** That a password was set: what it was and is, nobody learns. */
export const passwordRecord: ChangeRecord = {
  action: 'changed',
  fields: [{ label: 'Password', from: null, to: null }],
}
