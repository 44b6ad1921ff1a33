import { compose, type ModelOptions } from '@nuages/orm'
import { AbstractBaseUser, type UserType } from './abstract-base-user.ts'
import { type abstractUser, namesAndStatus, permissionsMixin } from './user-fields.ts'
import type { UserMethods } from './user-methods.ts'
import { normalizeEmail } from './username.ts'

/** What users with names can do beside that. */
export interface NameMethods {
  /** The first and the last name. */
  getFullName(): string
  /** The first name. */
  getShortName(): string
}

/** A class of users with names, and fields of its own. */
export type NamedUserType<F> = UserType<typeof abstractUser & F, UserMethods & NameMethods>

/**
 * The class that a project's own users extend, where they have usernames, names, addresses and permissions as Django's:
 * `class Account extends AbstractUser({ phone: char({ maxLength: 20 }) }) { static objects = new UserManager(Account) }`.
 * Django's `AbstractUser`.
 */
export function AbstractUser<F extends object>(fields: F, options: ModelOptions<string> = {}): NamedUserType<F> {
  const own = compose(compose(permissionsMixin, namesAndStatus), fields)
  const Base = AbstractBaseUser(own, options) as unknown as UserType<typeof abstractUser>
  class BaseNamedUser extends Base implements NameMethods {
    static override readonly requiredFields: readonly string[] = ['email']

    getFullName(): string {
      return `${this.firstName} ${this.lastName}`.trim()
    }

    getShortName(): string {
      return this.firstName
    }

    /** Names are stored in the form in which they are looked for. */
    override clean(): void {
      this.username = Base.normalizeUsername(this.username)
      this.email = normalizeEmail(this.email)
    }
  }
  return BaseNamedUser as never
}
