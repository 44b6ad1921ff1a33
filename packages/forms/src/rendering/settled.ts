import { isPending, type Pending, type PendingState, pending } from '@nuages/foundation'

/** A value that may have to be loaded, as it stands now, whatever it is behind. */
function stateOfValue(value: unknown): PendingState {
  let current = value
  while (isPending(current)) {
    const state = current[pending]()
    if (!state.ready) return state
    if (state.value === current) break
    current = state.value
  }
  return { ready: true, value: current }
}

/** The value behind `value`, loaded where it has to be. */
export async function settle(value: unknown): Promise<unknown> {
  for (;;) {
    const state = stateOfValue(value)
    if (state.ready) return state.value
    await state.load()
  }
}

/** What `make` makes of values that may have to be loaded: at once where none has to be. */
export function afterLoading<T>(values: readonly unknown[], make: (...values: readonly unknown[]) => T): T | Pending {
  const made = new MadeAfterLoading(values, make)
  const state = made[pending]()
  return state.ready ? (state.value as T) : made
}

class MadeAfterLoading<T> implements Pending {
  readonly #values: readonly unknown[]
  readonly #make: (...values: readonly unknown[]) => T
  #made: PendingState | undefined

  constructor(values: readonly unknown[], make: (...values: readonly unknown[]) => T) {
    this.#values = values
    this.#make = make
  }

  [pending](): PendingState {
    if (this.#made) return this.#made
    const states = this.#values.map(stateOfValue)
    if (states.some((state) => !state.ready)) return { ready: false, load: () => Promise.all(this.#values.map(settle)) }
    const values = states.map((state) => (state.ready ? state.value : undefined))
    this.#made = { ready: true, value: this.#make(...values) }
    return this.#made
  }
}
