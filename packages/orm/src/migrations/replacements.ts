import { MigrationError } from './errors.ts'
import { keyOf, type Migration } from './migration.ts'

/** A graph while it is built: by key, the migrations that stand and the keys of what each needs, there or not. */
export interface OpenGraph {
  readonly migrations: Map<string, Migration>
  readonly needs: Map<string, Set<string>>
  /** What the database has run: the record, with squashed migrations as what they replace says. */
  readonly applied: Set<string>
  /** By the key of a migration that was squashed, the one that stands for it. */
  readonly replacedBy: Map<string, Migration>
}

/**
 * Lets each squashed migration stand for what it replaces, where the database has run none or all of that; where it has run a
 * part, the originals stand. Those that needed one need the other. Throws `MigrationError` where a part ran and the files of the
 * rest are gone, and where migrations replace each other.
 */
export function carryOutReplacements(graph: OpenGraph): void {
  const squashed = new Map([...graph.migrations].filter(([, { replaces }]) => replaces.length > 0))
  const done = new Set<string>()
  const carryOut = (migration: Migration, trail: readonly string[]) => {
    const key = keyOf(migration)
    if (trail.includes(key)) {
      throw new MigrationError(
        `Migrations replace each other: ${[...trail.slice(trail.indexOf(key)), key].join(' → ')}.`,
      )
    }
    if (done.has(key)) return
    // What was squashed may have been squashed from others before.
    for (const replaced of migration.replaces) {
      const inner = squashed.get(keyOf(replaced))
      if (inner) carryOut(inner, [...trail, key])
    }
    done.add(key)
    decide(graph, migration, originalsOf(migration, squashed))
  }
  for (const migration of squashed.values()) carryOut(migration, [])
}

/** What a migration was squashed from in the end, through those in between whose files are there. */
function originalsOf(migration: Migration, squashed: ReadonlyMap<string, Migration>): Set<string> {
  const originals = new Set<string>()
  for (const replaced of migration.replaces) {
    const inner = squashed.get(keyOf(replaced))
    if (inner) for (const key of originalsOf(inner, squashed)) originals.add(key)
    else originals.add(keyOf(replaced))
  }
  return originals
}

function decide(graph: OpenGraph, migration: Migration, originals: ReadonlySet<string>): void {
  const { applied } = graph
  const ran = [...originals].filter((key) => applied.has(key))
  const isWhole = ran.length === originals.size
  // What it replaces knows better: it may have been taken back where the record of the squashed one stayed.
  if (isWhole) applied.add(keyOf(migration))
  else applied.delete(keyOf(migration))
  if (isWhole || ran.length === 0) standIn(graph, migration, originals)
  else standBack(graph, migration, originals, ran)
}

/** Takes what was replaced out of the graph; its place is that of the squashed migration. */
function standIn(
  { migrations, needs, replacedBy }: OpenGraph,
  migration: Migration,
  originals: ReadonlySet<string>,
): void {
  const own = keyOf(migration)
  const replaced = new Set([...originals, ...migration.replaces.map(keyOf)])
  const ownNeeds = needs.get(own)!
  for (const key of replaced) {
    for (const needed of needs.get(key) ?? []) ownNeeds.add(needed)
    migrations.delete(key)
    needs.delete(key)
    replacedBy.set(key, migration)
  }
  for (const keys of needs.values()) {
    let needsIt = false
    for (const key of replaced) if (keys.delete(key)) needsIt = true
    if (needsIt && keys !== ownNeeds) keys.add(own)
  }
  ownNeeds.delete(own)
}

/** Takes the squashed migration out of the graph; those that needed it need the last of what it replaces. */
function standBack(
  { migrations, needs, replacedBy }: OpenGraph,
  migration: Migration,
  originals: ReadonlySet<string>,
  ran: readonly string[],
): void {
  const own = keyOf(migration)
  const gone = [...originals].filter((key) => !migrations.has(key) && !replacedBy.has(key) && !ran.includes(key))
  if (gone.length > 0) {
    throw new MigrationError(
      `${own} stands for ${originals.size} migrations, of which the database has run ${ran.length} (${ran.join(', ')}), and the ` +
        `files of the rest are gone: ${gone.join(', ')}. Put them back and run migrate once with them; then ${own} counts as applied.`,
    )
  }
  const replaced = [...new Set([...originals, ...migration.replaces.map(keyOf)])]
  const inner = new Set(replaced.flatMap((key) => [...(needs.get(key) ?? [])]))
  const last = replaced.filter((key) => migrations.has(key) && !inner.has(key))
  migrations.delete(own)
  needs.delete(own)
  for (const keys of needs.values()) {
    if (keys.delete(own)) for (const key of last) keys.add(key)
  }
}
