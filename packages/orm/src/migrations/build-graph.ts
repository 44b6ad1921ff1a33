import { didYouMean } from '@nuages/foundation'
import { MigrationError } from './errors.ts'
import { MigrationGraph } from './graph.ts'
import { keyOf, type Migration, type MigrationKey } from './migration.ts'
import { carryOutReplacements, type OpenGraph } from './replacements.ts'

export interface GraphOptions {
  /** The labels of the project's apps, those without migrations too. */
  readonly apps: readonly string[]
  /** The keys that the database's record has; without it none. */
  readonly applied?: Iterable<string> | undefined
  /** `false` leaves squashed migrations and what they replace side by side. */
  readonly replace?: boolean | undefined
  /** Whether `'__first__'` and `'__latest__'` of an app without migrations are an error: its tables will be asked for. */
  readonly strict?: boolean | undefined
}

export interface BuiltGraph {
  readonly graph: MigrationGraph
  /** What the database has run: the record, with squashed migrations as what they replace says. */
  readonly applied: ReadonlySet<string>
}

/** An edge that names an end of an app: which migration that is, is known when squashed ones stand where they stand. */
interface EndEdge {
  readonly from: Migration
  readonly to: MigrationKey
  readonly kind: 'dependency' | 'runBefore'
}

/**
 * Fits migrations together. Throws `MigrationError` for one that is needed and not there, for migrations that need each other, and
 * for squashed ones that cannot stand where they are.
 */
export function buildGraph(files: readonly Migration[], options: GraphOptions): BuiltGraph {
  const open: OpenGraph = {
    migrations: new Map(files.map((migration) => [keyOf(migration), migration])),
    needs: new Map(files.map((migration) => [keyOf(migration), new Set<string>()])),
    applied: new Set(options.applied),
    replacedBy: new Map(),
  }
  const ends = files.flatMap((migration) => addNamed(open, migration))
  if (options.replace !== false) carryOutReplacements(open)
  // All ends are found before one is added, so that none depends on which comes first.
  const found = ends.map((edge) => endsOf(edge, open, options))
  ends.forEach((edge, index) => {
    addEnds(open, edge, found[index]!)
  })
  assertComplete(open, options)
  return {
    graph: new MigrationGraph([...open.migrations.values()], open.needs, open.replacedBy),
    applied: open.applied,
  }
}

/** Adds what a migration names, and answers with the ends that it only speaks of. */
function addNamed({ needs }: OpenGraph, migration: Migration): EndEdge[] {
  const own = keyOf(migration)
  const ends: EndEdge[] = []
  for (const to of migration.dependencies) {
    if (isEnd(to)) ends.push({ from: migration, to, kind: 'dependency' })
    else needs.get(own)!.add(keyOf(to))
  }
  for (const to of migration.runBefore) {
    if (isEnd(to)) ends.push({ from: migration, to, kind: 'runBefore' })
    else needs.set(keyOf(to), (needs.get(keyOf(to)) ?? new Set()).add(own))
  }
  // The ends of its own app are before and after it anyway.
  return ends.filter(({ to }) => to.app !== migration.app)
}

function isEnd({ name }: MigrationKey): boolean {
  return name === '__first__' || name === '__latest__'
}

function endsOf({ from, to }: EndEdge, { migrations, needs }: OpenGraph, { apps, strict }: GraphOptions): string[] {
  const own = [...migrations].filter(([, { app }]) => app === to.app).map(([key]) => key)
  if (own.length === 0) {
    if (apps.includes(to.app) && !strict) return []
    const what = `${keyOf(from)} names the ${to.name === '__first__' ? 'first' : 'last'} migration of '${to.app}'`
    throw new MigrationError(
      apps.includes(to.app)
        ? `${what}, which has none. Run makemigrations for it.`
        : `${what}, which is no app of the project.${didYouMean(to.app, apps)} Install it, or take it out of the migration.`,
    )
  }
  if (to.name === '__first__') return own.filter((key) => !own.some((other) => needs.get(key)!.has(other))).slice(0, 1)
  return own.filter((key) => !own.some((other) => needs.get(other)!.has(key)))
}

function addEnds({ migrations, needs }: OpenGraph, { from, kind }: EndEdge, ends: readonly string[]): void {
  const own = keyOf(from)
  // A migration that was squashed has handed its place on, with what it names by name; the squashed one says its own ends.
  if (!migrations.has(own)) return
  for (const end of ends) {
    if (kind === 'dependency') needs.get(own)!.add(end)
    else needs.get(end)!.add(own)
  }
}

function assertComplete({ migrations, needs }: OpenGraph, { apps }: GraphOptions): void {
  for (const [key, keys] of needs) {
    for (const needed of keys) {
      if (!migrations.has(needed)) throw missing(migrations, apps, needed, `${key} needs ${needed}`)
      if (!migrations.has(key)) throw missing(migrations, apps, key, `${needed} says that it runs before ${key}`)
    }
  }
}

function missing(
  migrations: ReadonlyMap<string, Migration>,
  apps: readonly string[],
  key: string,
  problem: string,
): MigrationError {
  const app = key.slice(0, key.indexOf('.'))
  if (!apps.includes(app)) {
    return new MigrationError(
      `${problem}, but '${app}' is no app of the project.${didYouMean(app, apps)} Apps: ${apps.join(', ') || 'none'}.`,
    )
  }
  const known = [...migrations.keys()].filter((one) => one.startsWith(`${app}.`))
  return new MigrationError(
    `${problem}, which is not there.${didYouMean(key, known)} Migrations of '${app}': ${known.join(', ') || 'none'}.`,
  )
}
