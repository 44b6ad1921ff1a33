import { setImmediate } from 'node:timers/promises'

/** As many rows as a chunk of `iterator()`. */
const blockSize = 2_000

/**
 * Some rows of one result, who know each other and, through weak references, the rest: a row that is kept keeps no more than these.
 * The collector's quick passes take every WeakRef for a strong one, so that one for each row, or each result, makes garbage of a
 * moment live for long, at several times the cost of reading it. Most results are one block, and do without.
 */
export class Peers {
  readonly rows: readonly object[]
  /** Empty where there are no other blocks; the same object for all rows of the result. */
  readonly blocks: readonly WeakRef<Peers>[]

  private constructor(rows: readonly object[], blocks: readonly WeakRef<Peers>[]) {
    this.rows = rows
    this.blocks = blocks
  }

  /** The rows of one result, made known to each other. */
  static of(rows: readonly object[]): readonly Peers[] {
    rowsOfTurn += rows.length
    const blocks: WeakRef<Peers>[] = []
    // A copy: the result is the caller's to change.
    if (rows.length <= blockSize) return [new Peers(rows.slice(), blocks)]
    const peers: Peers[] = []
    for (let start = 0; start < rows.length; start += blockSize) {
      const block = new Peers(rows.slice(start, start + blockSize), blocks)
      peers.push(block)
      blocks.push(new WeakRef(block))
    }
    return peers
  }

  /** Those of the result that somebody still holds, and their neighbours. */
  all(): readonly object[] {
    if (this.blocks.length === 0) return this.rows
    return this.blocks.flatMap((reference) => reference.deref()?.rows ?? [])
  }
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
