import { getUserModel, userModel } from '@nuages/auth'
import { auto, CASCADE, dateTime, integer, Model, manager, oneToOne, text } from '@nuages/orm'

/** The app on a user's phone that makes codes: there is a row where the second factor is on. */
export class TotpDevice extends Model(
  {
    id: auto({ primaryKey: true }),
    get user() {
      return oneToOne(userModel, { onDelete: CASCADE })
    },
    /** Encrypted: see `secretSealer`. */
    secret: text({ editable: false }),
    /** The step of the last code that was taken: that code, and those before it, are taken no more. */
    lastStep: integer({ editable: false }),
    created: dateTime({ default: () => Temporal.Now.instant().round('microsecond'), editable: false }),
  },
  { verboseName: 'second factor', verboseNamePlural: 'second factors' },
) {
  static objects = manager(TotpDevice)

  /** Names the user where they are loaded. */
  override toString(): string {
    const user: unknown = this.user
    return user instanceof getUserModel() ? `second factor of ${user}` : `second factor ${this.id}`
  }
}
