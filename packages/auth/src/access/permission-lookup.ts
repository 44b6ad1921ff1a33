import { type Pending, type PendingState, pending } from '@nuages/foundation'
import type { RequestUser } from '../login/request-user.ts'

/** A value that is loaded when a template meets it. */
class Loaded<T> implements Pending {
  readonly #load: () => Promise<T>
  #value: { readonly value: T } | undefined

  constructor(load: () => Promise<T>) {
    this.#load = load
  }

  [pending](): PendingState {
    if (this.#value) return { ready: true, value: this.#value.value }
    return {
      ready: false,
      load: async () => {
        this.#value = { value: await this.#load() }
      },
    }
  }
}

/** A dictionary whose entries are made when they are asked for, each once: templates read a `Map` by its keys. */
class Lookup<T> extends Map<string, T> {
  readonly #make: (key: string) => T
  readonly #isFull: boolean

  constructor(make: (key: string) => T, isFull: boolean) {
    super()
    this.#make = make
    this.#isFull = isFull
  }

  override get(key: string): T {
    let value = super.get(key)
    if (value === undefined) {
      value = this.#make(key)
      this.set(key, value)
    }
    return value
  }

  /** A template takes an empty `Map` for false: `{% if perms.blog %}`. */
  override get size(): number {
    return this.#isFull ? 1 : 0
  }
}

/** `{{ perms.blog.add_post }}` and `{% if perms.blog %}`: what the user of a request may do. Nothing is asked before. */
export type PermissionLookup = ReadonlyMap<string, Pending>

/** Django's `PermWrapper`. */
export function permissionLookup(user: RequestUser): PermissionLookup {
  return new Lookup((appLabel) => new Loaded(() => permissionsOfApp(user, appLabel)), true)
}

async function permissionsOfApp(user: RequestUser, appLabel: string): Promise<ReadonlyMap<string, Pending>> {
  const visitor = await user
  const permission = (codename: string) => new Loaded(() => visitor.hasPerm(`${appLabel}.${codename}`))
  return new Lookup(permission, await visitor.hasModulePerms(appLabel))
}
