import { currentBlock } from '../../transactions/atomic-block.ts'
import { TurnNotReached, Turns } from '../../transactions/turns.ts'
import { OperationalError, TransactionManagementError } from '../errors.ts'

/** How long a writer waits for the others of its own process, in milliseconds. */
const queueLimit = 30_000

/** The one writer of a file, as SQLite has it: a queue for the whole process, whatever the aliases that write to it. */
export class WriterLock {
  readonly path: string
  readonly #turns = new Turns()
  #holder: { alias: string; since: number } | undefined

  constructor(path: string) {
    this.path = path
  }

  /** Takes the writer when nobody has it or waits for it. */
  tryTake(alias: string): boolean {
    const taken = this.#turns.tryTake()
    if (taken) this.#holder = { alias, since: performance.now() }
    return taken
  }

  async take(alias: string): Promise<void> {
    this.#assertNotWaitingForItself(alias)
    try {
      await this.#turns.take(queueLimit)
    } catch (error) {
      if (!(error instanceof TurnNotReached)) throw error
      const held = Math.round((performance.now() - (this.#holder?.since ?? 0)) / 1000)
      throw new OperationalError(
        `A write to '${alias}' (${this.path}) waited ${queueLimit / 1000} s for its turn: an atomic() block of this process ` +
          `on '${this.#holder?.alias}' has held the file for ${held} s. Keep slow work, such as network calls, out of atomic().`,
        { alias },
      )
    }
    this.#holder = { alias, since: performance.now() }
  }

  pass(): void {
    this.#holder = undefined
    this.#turns.pass()
  }

  /** A transaction of another alias on the same file, around the caller, would wait for the caller to end. */
  #assertNotWaitingForItself(alias: string): void {
    for (let block = currentBlock.get(); block; block = block.outer) {
      if ((block.database as { writerLock?: WriterLock }).writerLock !== this) continue
      if (!block.isOpen) continue
      throw new TransactionManagementError(
        `A write to '${alias}' would wait for the atomic() block on '${block.alias}' that it is inside of: both are the file ` +
          `${this.path}, which has one writer. Use one alias for both, or write after the block.`,
        { alias },
      )
    }
  }
}
