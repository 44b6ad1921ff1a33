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

/** The fields of `AbstractUser` and of a project: its own go before those of the same name, and `username: null` is none. */
export type NamedUserFields<F> = Omit<typeof abstractUser, keyof F> &
  (F extends { readonly username: null } ? Omit<F, 'username'> : F)

/** A class of users with names, and fields of its own. */
export type NamedUserType<F> = UserType<NamedUserFields<F>, UserMethods & NameMethods>

/**
 * The class that a project's own users extend, where they have usernames, names, addresses and permissions as Django's:
 * `class Account extends AbstractUser({ phone: char({ maxLength: 20 }) }) { static objects = new UserManager(Account) }`. With
 * `username: null` they have no usernames and log in with their addresses, which the class then declares unique:
 * `AbstractUser({ username: null, email: email({ unique: true }) })`. Django's `AbstractUser`.
 */
export function AbstractUser<F extends object>(fields: F, options: ModelOptions<string> = {}): NamedUserType<F> {
  const byAddress = (fields as { readonly username?: unknown }).username === null
  const all = compose(compose(permissionsMixin, namesAndStatus), fields)
  const Base = AbstractBaseUser(byAddress ? withoutUsername(all) : all, options) as unknown as UserType<
    typeof abstractUser
  >
  class BaseNamedUser extends Base implements NameMethods {
    static override readonly usernameField: string = byAddress ? 'email' : 'username'
    static override readonly requiredFields: readonly string[] = byAddress ? [] : ['email']

    getFullName(): string {
      return `${this.firstName} ${this.lastName}`.trim()
    }

    getShortName(): string {
      return this.firstName
    }

    /** Names are stored in the form in which they are looked for. */
    override clean(): void {
      super.clean()
      this.email = normalizeEmail(this.email)
    }
  }
  return BaseNamedUser as never
}

/** By descriptors, since the relations among the fields are getters that are not to be called yet. */
function withoutUsername(fields: object): object {
  const { username: _, ...others } = Object.getOwnPropertyDescriptors(fields) as Record<string, PropertyDescriptor>
  return Object.defineProperties({}, others)
}
