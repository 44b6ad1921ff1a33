import { setImmediate } from 'node:timers/promises'

/** The rows of one result. They know each other, so that a relation read on one is loaded for all; see `Peers.all`. */
export class Peers {
  #strong: readonly object[] | undefined
  #weak: readonly WeakRef<object>[] | undefined

  constructor(rows: readonly object[]) {
    this.#strong = rows
    rowsOfTurn += rows.length
    schedule(this)
  }

  /** Those of them that somebody still holds. */
  all(): readonly object[] {
    return this.#strong ?? this.#weak!.map((reference) => reference.deref()).filter((row) => row !== undefined)
  }

  /** From now on, a row that is kept does not keep the others. */
  weaken(): void {
    if (!this.#strong) return
    this.#weak = this.#strong.map((row) => new WeakRef(row))
    this.#strong = undefined
  }
}

/**
 * A WeakRef for each row would cost more than reading it. Most results are garbage a moment after they were made, so they
 * start with plain references, and only those that still live after this time pay for weak ones.
 */
const strongForMs = 500

let young: WeakRef<Peers>[] = []

function schedule(peers: Peers): void {
  if (young.length === 0) setTimeout(weakenYoung, strongForMs).unref()
  young.push(new WeakRef(peers))
}

function weakenYoung(): void {
  const aged = young
  young = []
  for (const reference of aged) reference.deref()?.weaken()
}

let rowsOfTurn = 0
const rowsPerTurn = 10_000

/**
 * Whether so many rows were read since `nextTurn` that the reader should await it: SQLite answers at once, so a long loop of
 * queries would never give the event loop its turn, and until then what a WeakRef names is kept.
 */
export function turnIsFull(): boolean {
  return rowsOfTurn > rowsPerTurn
}

export async function nextTurn(): Promise<void> {
  rowsOfTurn = 0
  await setImmediate()
}
