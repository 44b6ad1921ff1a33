import { ContextVariable } from '@nuages/foundation'
import type { MaybePromise, TransactionOptions } from '../backends/database.ts'
import { OperationalError, TransactionManagementError } from '../backends/errors.ts'
import { TurnNotReached, Turns } from './turns.ts'

/** What a backend hands to a transaction: one connection, its own until `end`. */
export interface TransactionSession {
  /** Runs BEGIN, COMMIT and the like. */
  control(sql: string): MaybePromise<void>
  /** Whether the database still has the transaction open; some errors end it on their own. */
  readonly inTransaction: boolean
  /** Gives the connection back. */
  end(): void
}

/** What all blocks of one transaction share. */
export interface TransactionState {
  readonly session: TransactionSession
  /** What the outermost block asked for. */
  readonly options: TransactionOptions
  readonly callbacks: { readonly block: AtomicBlock; readonly callback: () => void | Promise<void> }[]
  /** What was done outside the database and is taken back with it. */
  readonly undoings: { readonly block: AtomicBlock; readonly undo: () => Promise<void> }[]
  /** The error that took the connection away, and everything that was written with it. */
  lost?: unknown
}

/** Why a block can only roll back: a block without a savepoint failed in it, or a statement did, and the database goes on from a savepoint alone. */
type Spoiling = 'block' | 'statement'

/** What became of a block, for those that outlive it. */
export interface BlockFate {
  undone: boolean
  readonly around: BlockFate | undefined
}

/** Whether what a block wrote was rolled back, with it or with one around it. */
export function isUndone(fate: BlockFate | undefined): boolean {
  for (let each = fate; each; each = each.around) if (each.undone) return true
  return false
}

/** The innermost block of the asynchronous flow, of whatever database. */
export const currentBlock = new ContextVariable<AtomicBlock>({ name: 'orm.atomic' })

/** How long a block waits for another flow of its own transaction, in milliseconds. */
const turnLimit = 30_000

/**
 * One `atomic` block: the transaction itself, or a savepoint in it. The statements of a block and the blocks inside it take
 * turns, so that what one flow does is never inside the savepoint of another.
 */
export class AtomicBlock {
  readonly database: object
  readonly alias: string
  /** The block of the same transaction around this one. */
  readonly parent: AtomicBlock | undefined
  /** The block around this one in the asynchronous context, of whatever database. */
  readonly outer: AtomicBlock | undefined
  readonly transaction: TransactionState
  readonly fate: BlockFate
  /** 0 for the transaction itself. */
  readonly depth: number
  /** Statements and inner blocks wait here while an inner block is open. */
  readonly turns = new Turns()
  /** The block is to be rolled back although it returns. */
  rollsBack = false
  #spoilt: { readonly by: unknown; readonly how: Spoiling } | undefined
  readonly #endings: (() => void)[] = []
  #state: 'open' | 'closing' | 'finished' = 'open'

  constructor(database: object, alias: string, transaction: TransactionState, parent?: AtomicBlock) {
    this.database = database
    this.alias = alias
    this.parent = parent
    this.outer = currentBlock.get()
    this.transaction = transaction
    this.fate = { undone: false, around: parent?.fate }
    this.depth = parent === undefined ? 0 : parent.depth + 1
  }

  /** Does `work` as soon as no block inside this one is open: at once, as a rule. */
  perform<T>(work: () => MaybePromise<T>): MaybePromise<T> {
    this.assertUsable()
    return this.turns.idle ? work() : this.#inTurn(work)
  }

  async #inTurn<T>(work: () => MaybePromise<T>): Promise<T> {
    await this.takeTurn()
    try {
      this.assertNotFinished()
      return await work()
    } finally {
      this.turns.pass()
    }
  }

  async takeTurn(): Promise<void> {
    try {
      await this.turns.take(turnLimit)
    } catch (error) {
      if (!(error instanceof TurnNotReached)) throw error
      throw new OperationalError(
        `A statement in atomic() on '${this.alias}' waited ${turnLimit / 1000} s for another atomic() block of the same transaction, ` +
          'which did not end. Does that block wait for this statement? Blocks of one transaction take turns.',
        { alias: this.alias },
      )
    }
  }

  /** Ends the block for its own code, and waits for what it started and did not await. */
  async close(): Promise<void> {
    this.#state = 'closing'
    if (!this.turns.idle) {
      await this.takeTurn()
      this.turns.pass()
    }
  }

  /** Nothing runs in the block from here on; what was to happen then happens. */
  finish(): void {
    this.#state = 'finished'
    for (const ending of this.#endings.splice(0)) ending()
  }

  /** Calls `ending` when the block finishes, so that nothing it opened outlives it. */
  whenFinished(ending: () => void): void {
    this.#endings.push(ending)
  }

  /** Calls `undo` when what the block wrote is rolled back, with it or with one around it. */
  whenUndone(undo: () => Promise<void>): void {
    this.transaction.undoings.push({ block: this, undo })
  }

  /** What the block and those inside it wrote was rolled back. */
  async undone(): Promise<void> {
    this.fate.undone = true
    const { undoings } = this.transaction
    const own = undoings.filter(({ block }) => block.isWithin(this))
    undoings.splice(0, undoings.length, ...undoings.filter(({ block }) => !block.isWithin(this)))
    for (const { undo } of own.reverse()) await undo()
  }

  get isOpen(): boolean {
    return this.#state !== 'finished'
  }

  /** Forgets the callbacks that were registered in this block and in those inside it. */
  dropCallbacks(): void {
    const { callbacks } = this.transaction
    const kept = callbacks.filter(({ block }) => !block.isWithin(this))
    callbacks.splice(0, callbacks.length, ...kept)
  }

  isWithin(other: AtomicBlock): boolean {
    for (let block: AtomicBlock | undefined = this; block; block = block.parent) if (block === other) return true
    return false
  }

  /** Throws unless the block's own code may run a statement now. */
  assertUsable(): void {
    if (this.#state === 'open') {
      this.assertUnbroken()
      if (this.parent === undefined) return
    }
    this.assertNotFinished()
    if (this.#state === 'closing') throw this.#finishedError()
  }

  assertNotFinished(): void {
    for (let block: AtomicBlock | undefined = this; block; block = block.parent) {
      if (block.#state === 'finished') throw this.#finishedError()
    }
  }

  /** Notes an error after which the block can only roll back, whoever catches it. The first one is told. */
  spoil(by: unknown, how: Spoiling): void {
    this.#spoilt ??= { by, how }
  }

  /** Notes that the database has ended the whole transaction. */
  loseConnection(error: unknown): void {
    this.transaction.lost ??= error
  }

  /** Whether the block cannot be committed any more. */
  get isSpoilt(): boolean {
    return this.transaction.lost !== undefined || this.#spoilt !== undefined
  }

  /** Throws when an error spoilt the block although its code returned. */
  assertUnbroken(): void {
    if (this.transaction.lost !== undefined) throw this.#lostError(this.transaction.lost)
    if (this.#spoilt !== undefined) throw this.#brokenError(this.#spoilt)
  }

  #finishedError(): TransactionManagementError {
    return new TransactionManagementError(
      `A statement on '${this.alias}' belongs to an atomic() block that has ended. ` +
        'Await all work inside the block, or start it with onCommit().',
      { alias: this.alias },
    )
  }

  #brokenError({ by, how }: { readonly by: unknown; readonly how: Spoiling }): TransactionManagementError {
    const reason =
      how === 'block'
        ? 'a block inside it with { savepoint: false } failed. Let the error pass, or give the inner block its savepoint.'
        : `a statement in it failed (${by instanceof Error ? by.message : String(by)}). Let the error pass, or put what may fail into ` +
          'an atomic() block of its own.'
    return new TransactionManagementError(`The atomic() block on '${this.alias}' can only roll back: ${reason}`, {
      alias: this.alias,
      cause: by,
    })
  }

  #lostError(error: unknown): OperationalError {
    return new OperationalError(
      `The atomic() block on '${this.alias}' lost its connection, and with it all it had written. Run the whole block again.`,
      { alias: this.alias, cause: error, retryable: true },
    )
  }
}

/** The innermost block of the asynchronous flow on `database`. */
export function blockOf(database: object): AtomicBlock | undefined {
  let block = currentBlock.get()
  while (block !== undefined && block.database !== database) block = block.outer
  return block
}
