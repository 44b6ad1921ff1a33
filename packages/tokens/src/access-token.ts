import { userModel } from '@nuages/auth'
import { auto, CASCADE, char, dateTime, foreignKey, json, Model, manager } from '@nuages/orm'
import { coversScopes } from './scopes.ts'

/** A token by which a machine acts for a user. The token itself is not in it: `createToken` shows it once. */
export class AccessToken extends Model(
  {
    id: auto({ primaryKey: true }),
    get user() {
      return foreignKey(userModel, { onDelete: CASCADE })
    },
    /** What it is for, in the words of whoever made it. */
    name: char({ maxLength: 100 }),
    /** SHA-256 of the token. */
    digest: char({ maxLength: 64, unique: true, editable: false }),
    /** What it may be used for: a list of names; `'*'` is all of them. */
    scopes: json<readonly string[]>({ default: () => [] }),
    created: dateTime({ editable: false }),
    /** `null`: never. */
    expires: dateTime({ null: true, blank: true }),
    /** Not more exact than a minute. */
    lastUsed: dateTime({ null: true, blank: true, editable: false }),
    revoked: dateTime({ null: true, blank: true, editable: false }),
  },
  { ordering: ['-created', '-id'], verboseName: 'access token' },
) {
  static objects = manager(AccessToken)

  /** Why it no longer works, in a word; `undefined` while it does. */
  get ended(): 'revoked' | 'expired' | undefined {
    if (this.revoked !== null) return 'revoked'
    const isOver = this.expires !== null && Temporal.Instant.compare(this.expires, Temporal.Now.instant()) <= 0
    return isOver ? 'expired' : undefined
  }

  /** Whether it may be used for all of these. */
  hasScopes(scopes: readonly string[]): boolean {
    return coversScopes(this.scopes, scopes)
  }

  /** Makes it worthless from now on. The row stays, to say that there was one. */
  async revoke(): Promise<void> {
    this.revoked ??= Temporal.Now.instant().round('microsecond')
    await this.save({ updateFields: ['revoked'] })
  }

  override toString(): string {
    return this.name
  }
}
