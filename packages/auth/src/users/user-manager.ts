import { type FieldsOf, type Instance, type PartialInput, QuerySet } from '@nuages/orm'
import { InvalidUser } from '../errors.ts'
import { makePassword } from '../hashing/passwords.ts'
import type { UserStatics } from './user-methods.ts'
import { normalizeEmail } from './username.ts'

/** The values of a new user; `password` is the password itself, and none makes a user who cannot log in with one. */
export type NewUser<M> = Omit<PartialInput<FieldsOf<M>>, 'password'> & { readonly password?: string | null }

/** The manager of users: `static objects = new UserManager(Account)`. Django's `UserManager`. */
export class UserManager<M> extends QuerySet<M> {
  /** Makes a user, with names in their stored form and the password hashed. Throws `InvalidUser` without a username. */
  async createUser(values: NewUser<M>): Promise<Instance<M>> {
    return createUser(this, { isStaff: false, isSuperuser: false, ...values })
  }

  /** Makes a user who may do everything. */
  async createSuperuser(values: NewUser<M>): Promise<Instance<M>> {
    const whole: Record<string, unknown> = { isStaff: true, isSuperuser: true, ...values }
    for (const name of ['isStaff', 'isSuperuser']) {
      if (whole[name] !== true) throw new InvalidUser(`A superuser has ${name}: true, not ${String(whole[name])}.`)
    }
    return createUser(this, whole)
  }

  /** The user of that username. Throws the model's `DoesNotExist`. */
  async getByNaturalKey(username: string): Promise<Instance<M>> {
    return this.get({ [staticsOf(this).usernameField]: username } as never) as Promise<Instance<M>>
  }

  /** An address with its domain in lower case. */
  normalizeEmail(email: string | null | undefined): string {
    return normalizeEmail(email)
  }
}

// Functions, since a queryset that a chain made never went through the constructor that gives private methods.

function staticsOf(manager: { readonly model: unknown }): UserStatics {
  return manager.model as UserStatics
}

async function createUser<M>(
  manager: UserManager<M>,
  { password, ...values }: Readonly<Record<string, unknown>>,
): Promise<Instance<M>> {
  const { usernameField, emailField } = staticsOf(manager)
  const username = values[usernameField]
  if (typeof username !== 'string' || username === '') {
    throw new InvalidUser(`A user needs a ${usernameField}; got ${username === '' ? "''" : String(username)}.`)
  }
  const email = values[emailField]
  return manager.create({
    ...values,
    ...(typeof email === 'string' ? { [emailField]: normalizeEmail(email) } : {}),
    [usernameField]: staticsOf(manager).normalizeUsername(username),
    password: await makePassword((password as string | null | undefined) ?? null),
  } as never)
}
