import { isPending, type Pending, type PendingState, pending } from '@nuages/foundation'

/** What a row has at a path such as `['author', 'name']`, read when a template asks for it: relations on the way are loaded. */
export class PathValue implements Pending {
  readonly #row: object
  readonly #names: readonly string[]

  constructor(row: object, names: readonly string[]) {
    this.#row = row
    this.#names = names
  }

  [pending](): PendingState {
    let value: unknown = this.#row
    for (const name of this.#names) {
      if (value === null || value === undefined) return { ready: true, value: null }
      value = memberOf(value, name)
      if (!isPending(value)) continue
      const state = value[pending]()
      if (!state.ready) return state
      value = state.value
    }
    return { ready: true, value }
  }
}

/** A method is called, as one that gives a text for a column is. */
function memberOf(target: unknown, name: string): unknown {
  const member = (target as Readonly<Record<string, unknown>>)[name]
  return typeof member === 'function' ? member.call(target) : member
}
