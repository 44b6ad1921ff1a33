import { MigrationError } from '../errors.ts'
import type { MigrationGraph } from '../graph.ts'
import { keyOf, type Migration } from '../migration.ts'

export interface SquashRange {
  readonly app: string
  /** The name of the first, or the start of it; the first of the app when left out. */
  readonly from?: string | undefined
  /** The name of the last, or the start of it. */
  readonly to: string
}

/**
 * The migrations of a range, in order. Throws `MigrationError` for a range that is none, and where a migration of another app
 * stands in the middle: it would have to run both before and after the squashed one.
 */
export function squashedRange(graph: MigrationGraph, { app, from, to }: SquashRange): readonly Migration[] {
  const last = graph.find(app, to)
  const upTo = graph.ancestors(last).filter((migration) => migration.app === app)
  const range = from === undefined ? upTo : upTo.slice(startOf(graph, upTo, app, from, last))
  if (range.length < 2) {
    throw new MigrationError(
      `There is nothing to squash: from ${keyOf(range[0]!)} to ${keyOf(last)} it is one migration.`,
    )
  }
  assertNothingBetween(graph, range)
  return range
}

function startOf(
  graph: MigrationGraph,
  upTo: readonly Migration[],
  app: string,
  from: string,
  last: Migration,
): number {
  const first = graph.find(app, from)
  const index = upTo.indexOf(first)
  if (index >= 0) return index
  throw new MigrationError(
    `${keyOf(first)} does not come before ${keyOf(last)}, so there is no range from one to the other. What comes before it: ` +
      `${upTo.map(({ name }) => name).join(', ')}.`,
  )
}

/** A way from one of the range to another must not lead over a migration that is not of the range. */
function assertNothingBetween(graph: MigrationGraph, range: readonly Migration[]): void {
  const inRange = new Set(range)
  const needed = new Set(range.flatMap((migration) => graph.ancestors(migration)))
  const between = graph.descendants(range).filter((one) => needed.has(one) && !inRange.has(one))
  if (between.length === 0) return
  const isBetween = (one: Migration) => between.includes(one)
  const needing = range.find((one) => graph.ancestors(one).some(isBetween))!
  const next = graph.ancestors(needing).find(isBetween)!
  const own = graph.needs(next).find((one) => inRange.has(one))!
  const before = range.indexOf(needing)
  throw new MigrationError(
    `${keyOf(next)} needs ${keyOf(own)}, and ${keyOf(needing)} comes after it: squashed into one, they would need each other. ` +
      `Squash ${before > 1 ? `up to ${range[before - 1]!.name}, and ` : ''}from ${needing.name} on.`,
  )
}
