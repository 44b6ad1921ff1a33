import { type Instance, QuerySet } from '@nuages/orm'
import type { UserStatics } from './user-methods.ts'
import { normalizeEmail } from './username.ts'

/** What every manager of users has. Django's `BaseUserManager`. */
export class BaseUserManager<M> extends QuerySet<M> {
  /** The user of that username, or whatever the class has in its place. Throws the model's `DoesNotExist`. */
  async getByNaturalKey(username: string): Promise<Instance<M>> {
    return this.get({ [staticsOf(this).usernameField]: username } as never) as Promise<Instance<M>>
  }

  /** An address with its domain in lower case. */
  normalizeEmail(email: string | null | undefined): string {
    return normalizeEmail(email)
  }
}

/** What the class of a manager's users says of itself. A function, since the managers are extended by projects. */
export function staticsOf(manager: { readonly model: unknown }): UserStatics {
  return manager.model as UserStatics
}
