import { type Pending, type PendingState, pending } from '@nuages/foundation'

/**
 * The forms of a formset: `await formset.forms` in code, since those of a model are read from the database first; in templates
 * they are simply there.
 */
export class LazyForms<Made> implements PromiseLike<readonly Made[]>, AsyncIterable<Made>, Pending {
  readonly #make: () => Promise<readonly Made[]>
  #making: Promise<readonly Made[]> | undefined
  /** The forms, once they were made. */
  made: readonly Made[] | undefined

  constructor(make: () => Promise<readonly Made[]>) {
    this.#make = make
  }

  #load(): Promise<readonly Made[]> {
    this.#making ??= this.#make().then((made) => {
      this.made = made
      return made
    })
    return this.#making
  }

  then<T1 = readonly Made[], T2 = never>(
    onfulfilled?: ((forms: readonly Made[]) => T1 | PromiseLike<T1>) | null,
    onrejected?: ((reason: unknown) => T2 | PromiseLike<T2>) | null,
  ): Promise<T1 | T2> {
    return this.#load().then(onfulfilled, onrejected)
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Made, void, undefined> {
    yield* await this.#load()
  }

  [pending](): PendingState {
    return this.made ? { ready: true, value: this.made } : { ready: false, load: () => this.#load() }
  }
}
