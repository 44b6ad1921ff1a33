import { type Pending, type PendingState, pending } from '@nuages/foundation'
import type { Choice, Choices } from './choices.ts'

/** The rows of a queryset as choices: asked once, when a page shows them. */
export class ModelChoices implements Pending {
  readonly #rows: () => PromiseLike<readonly unknown[]>
  readonly #choiceOf: (row: unknown) => Choice
  readonly #emptyLabel: () => string | null
  #choices: Choices | undefined
  #loading: Promise<void> | undefined

  constructor(
    rows: () => PromiseLike<readonly unknown[]>,
    choiceOf: (row: unknown) => Choice,
    emptyLabel: () => string | null,
  ) {
    this.#rows = rows
    this.#choiceOf = choiceOf
    this.#emptyLabel = emptyLabel
  }

  /** Whether the first choice is that of nothing. */
  get startsEmpty(): boolean {
    return this.#emptyLabel() !== null
  }

  load(): Promise<void> {
    this.#loading ??= this.#load()
    return this.#loading
  }

  async #load(): Promise<void> {
    const choices = (await this.#rows()).map(this.#choiceOf)
    const label = this.#emptyLabel()
    this.#choices = label === null ? choices : [['', label], ...choices]
  }

  [pending](): PendingState {
    return this.#choices ? { ready: true, value: this.#choices } : { ready: false, load: () => this.load() }
  }
}
