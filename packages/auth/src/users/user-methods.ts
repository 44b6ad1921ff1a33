/** What every user can do, whatever its fields. Django's methods of `AbstractBaseUser` and `PermissionsMixin`. */
export interface UserMethods {
  readonly isAuthenticated: true
  readonly isAnonymous: false
  /** Whether they may log in: always, unless the class has a field of that name. */
  isActive: boolean
  /** The value of the field that users log in with. */
  getUsername(): string
  /** What names the user in every database: the username. */
  naturalKey(): [username: string]
  /** Hashes a password into `password`; `save()` stores it. `null` stands for none: nobody can log in with one. */
  setPassword(password: string | null): Promise<void>
  setUnusablePassword(): void
  hasUsablePassword(): boolean
  /** Whether it is the user's password. A hash that is weaker than new ones, or of another algorithm, is stored anew. */
  checkPassword(password: string): Promise<boolean>
  /** What a session of this user holds: it changes with the password, which so ends the other sessions. */
  getSessionAuthHash(): string
  /** What it was under the former secret keys. */
  getSessionAuthFallbackHashes(): readonly string[]
  /** Whether the user may do something, such as `'blog.change_post'`, with one object where the project's backends know of objects. */
  hasPerm(permission: string, object?: object): Promise<boolean>
  hasPerms(permissions: Iterable<string>, object?: object): Promise<boolean>
  /** Whether the user may do anything in an app, named by its label. */
  hasModulePerms(appLabel: string): Promise<boolean>
  /** What the user as such may do, beside what the groups may. */
  getUserPermissions(object?: object): Promise<ReadonlySet<string>>
  getGroupPermissions(object?: object): Promise<ReadonlySet<string>>
  getAllPermissions(object?: object): Promise<ReadonlySet<string>>
}

/** What a user's class says of itself. */
export interface UserStatics {
  /** The field that users log in with. Django's `USERNAME_FIELD`. */
  readonly usernameField: string
  /** The field of the user's address. Django's `EMAIL_FIELD`. */
  readonly emailField: string
  /** What `createsuperuser` asks for beside the username and the password. Django's `REQUIRED_FIELDS`. */
  readonly requiredFields: readonly string[]
  /** A username in the form in which it is stored. */
  normalizeUsername(username: string): string
}
