import { compose, type Instance, Model, type ModelOptions, type ModelType, type PartialInput } from '@nuages/orm'
import type { PermissionUser } from '../backends/authentication-backend.ts'
import { checkPassword, isPasswordUsable, makePassword, unusablePassword } from '../hashing/passwords.ts'
import { passwordChanged } from '../password-validation/validate-password.ts'
import { anyPermits, anyPermitsModule, permissionsOf } from '../permissions/ask-backends.ts'
import { sessionAuthFallbackHashes, sessionAuthHash } from './session-auth-hash.ts'
import { abstractBaseUser } from './user-fields.ts'
import type { UserMethods, UserStatics } from './user-methods.ts'
import { normalizeUsername } from './username.ts'

/** A class of users with fields `F`: a model that has users' methods. */
export interface UserType<F, Methods = UserMethods> extends UserStatics {
  new (values?: PartialInput<F>): Instance<ModelType<F>> & Methods
  readonly prototype: Instance<ModelType<F>> & Methods
  readonly fields: F
  readonly meta: ModelType<F>['meta']
  readonly DoesNotExist: ModelType<F>['DoesNotExist']
  readonly MultipleObjectsReturned: ModelType<F>['MultipleObjectsReturned']
}

type BaseRow = Instance<ModelType<typeof abstractBaseUser>>
type SaveOptions = Parameters<BaseRow['save']>[0]

/**
 * The class that a project's own users extend, for who wants other fields than `AbstractUser` has; add `permissionsMixin`
 * where users may be permitted things. Django's `AbstractBaseUser`.
 */
export function AbstractBaseUser<F extends object>(
  fields: F,
  options: ModelOptions<string> = {},
): UserType<typeof abstractBaseUser & F> {
  const Base = Model(compose(abstractBaseUser, fields), options as never) as unknown as new (values?: object) => BaseRow
  class BaseUser extends Base implements UserMethods {
    static readonly usernameField: string = 'username'
    static readonly emailField: string = 'email'
    static readonly requiredFields: readonly string[] = []

    /** Who logs in with an address does so however it is written: no mail server that matters tells `Ann@` from `ann@`. */
    static normalizeUsername(username: string): string {
      const normal = normalizeUsername(username)
      // biome-ignore lint/complexity/noThisInStatic: the class that was asked, which extends this one
      return this.usernameField === this.emailField ? normal.toLowerCase() : normal
    }

    declare isActive: boolean

    /** Set since the last save: what the project's rules are told once it is stored. */
    #newPassword: string | undefined

    get isAuthenticated(): true {
      return true
    }

    get isAnonymous(): false {
      return false
    }

    getUsername(): string {
      const { usernameField } = this.constructor as unknown as UserStatics
      return String((this as unknown as Record<string, unknown>)[usernameField])
    }

    naturalKey(): [username: string] {
      return [this.getUsername()]
    }

    async setPassword(password: string | null): Promise<void> {
      this.password = await makePassword(password)
      this.#newPassword = password ?? undefined
    }

    setUnusablePassword(): void {
      this.password = unusablePassword()
      this.#newPassword = undefined
    }

    hasUsablePassword(): boolean {
      return isPasswordUsable(this.password)
    }

    async checkPassword(password: string): Promise<boolean> {
      return checkPassword(password, this.password, {
        onUpgrade: async (again) => {
          this.password = await makePassword(again)
          await this.save({ updateFields: ['password'] })
        },
      })
    }

    override async save(saveOptions?: SaveOptions): Promise<void> {
      await super.save(saveOptions)
      const password = this.#newPassword
      if (password === undefined) return
      this.#newPassword = undefined
      await passwordChanged(password, this)
    }

    getSessionAuthHash(): string {
      return sessionAuthHash(this.password)
    }

    getSessionAuthFallbackHashes(): readonly string[] {
      return sessionAuthFallbackHashes(this.password)
    }

    async hasPerm(permission: string, object?: object): Promise<boolean> {
      const { isActive, isSuperuser } = self(this)
      return (isActive && isSuperuser === true) || anyPermits(self(this), permission, object)
    }

    async hasPerms(permissions: Iterable<string>, object?: object): Promise<boolean> {
      for (const permission of permissions) if (!(await this.hasPerm(permission, object))) return false
      return true
    }

    async hasModulePerms(appLabel: string): Promise<boolean> {
      const { isActive, isSuperuser } = self(this)
      return (isActive && isSuperuser === true) || anyPermitsModule(self(this), appLabel)
    }

    getUserPermissions(object?: object): Promise<ReadonlySet<string>> {
      return permissionsOf(self(this), 'getUserPermissions', object)
    }

    getGroupPermissions(object?: object): Promise<ReadonlySet<string>> {
      return permissionsOf(self(this), 'getGroupPermissions', object)
    }

    getAllPermissions(object?: object): Promise<ReadonlySet<string>> {
      return permissionsOf(self(this), 'getAllPermissions', object)
    }

    /** The name is stored in the form in which it is looked for. */
    override clean(): void {
      const { usernameField, normalizeUsername: normal } = this.constructor as unknown as UserStatics
      const values = this as unknown as Record<string, unknown>
      const username = values[usernameField]
      if (typeof username === 'string') values[usernameField] = normal.call(this.constructor, username)
    }

    override toString(): string {
      return this.getUsername()
    }
  }
  // Of the prototype, where a field of that name may stand before it.
  Object.defineProperty(BaseUser.prototype, 'isActive', { value: true, writable: true, configurable: true })
  return BaseUser as never
}

/** A user as the backends see it. The fields are those of the project's own class, which may have no superusers. */
function self(user: object): PermissionUser & { readonly isSuperuser?: boolean } {
  return user as PermissionUser
}
