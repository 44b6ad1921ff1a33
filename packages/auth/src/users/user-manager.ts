import { withArticle } from '@nuages/foundation'
import type { FieldsOf, Instance, ModelMeta, PartialInput } from '@nuages/orm'
import { InvalidUser } from '../errors.ts'
import { makePassword } from '../hashing/passwords.ts'
import { BaseUserManager, staticsOf } from './base-user-manager.ts'
import { normalizeEmail } from './username.ts'

/** The values of a new user; `password` is the password itself, and none makes a user who cannot log in with one. */
export type NewUser<M> = Omit<PartialInput<FieldsOf<M>>, 'password'> & { readonly password?: string | null }

/** The manager of users: `static objects = new UserManager(Account)`. Django's `UserManager`. */
export class UserManager<M> extends BaseUserManager<M> {
  /** Makes a user, with names in their stored form and the password hashed. Throws `InvalidUser` without a username. */
  async createUser(values: NewUser<M>): Promise<Instance<M>> {
    return createUser(this, { ...flags(this, false), ...values })
  }

  /** Makes a user who may do everything. */
  async createSuperuser(values: NewUser<M>): Promise<Instance<M>> {
    const granted = flags(this, true)
    const whole: Record<string, unknown> = { ...granted, ...values }
    for (const name of Object.keys(granted)) {
      if (whole[name] !== true) throw new InvalidUser(`A superuser has ${name}: true, not ${String(whole[name])}.`)
    }
    return createUser(this, whole)
  }
}

// Functions, since a queryset that a chain made never went through the constructor that gives private methods.

/** What makes a superuser of a user, as far as the project's own class has it. */
function flags({ model }: { readonly model: unknown }, value: boolean): Record<string, boolean> {
  const { meta } = model as { readonly meta: ModelMeta }
  return Object.fromEntries(
    ['isStaff', 'isSuperuser'].filter((name) => meta.field(name) !== undefined).map((name) => [name, value]),
  )
}

async function createUser<M>(
  manager: UserManager<M>,
  { password, ...values }: Readonly<Record<string, unknown>>,
): Promise<Instance<M>> {
  const statics = staticsOf(manager)
  const { usernameField, emailField } = statics
  const username = values[usernameField]
  if (username === undefined || username === null || username === '') {
    throw new InvalidUser(
      `A user needs ${withArticle(usernameField)}; got ${username === '' ? "''" : String(username)}.`,
    )
  }
  const email = values[emailField]
  return manager.create({
    ...values,
    ...(typeof email === 'string' ? { [emailField]: normalizeEmail(email) } : {}),
    [usernameField]: typeof username === 'string' ? statics.normalizeUsername(username) : username,
    password: await makePassword((password as string | null | undefined) ?? null),
  } as never)
}
