import { join } from 'node:path'
import type { MigrationApp } from '../app.ts'
import { assertChosenName } from '../assert-chosen-name.ts'
import { stateOf } from '../execution/state-at.ts'
import { loadMigrations } from '../loader.ts'
import { writeFiles } from '../making/write-files.ts'
import type { ImportPaths } from '../writer/imports.ts'
import { writeMigration } from '../writer/write-migration.ts'
import { borrowedOperations } from './borrowed-operations.ts'
import { fileNames } from './file-names.ts'
import { ownApp } from './own-app.ts'
import { squashedMigration } from './squashed-migration.ts'
import { type SquashRange, squashedRange } from './squashed-range.ts'

export interface SquashMigrationsOptions extends SquashRange {
  /** Every app of the project: the migrations of others may stand in between. */
  readonly apps: readonly MigrationApp[]
  /** In place of `squashed_<last>`, after the number. */
  readonly name?: string | undefined
  /** `false` puts the operations together as they are. */
  readonly optimize?: boolean | undefined
  /** Only tells what would be written. */
  readonly dryRun?: boolean | undefined
  readonly imports?: ImportPaths
}

/** A migration that stands for others. */
export interface SquashedMigrations {
  readonly app: string
  readonly name: string
  /** The file, absolute. */
  readonly path: string
  readonly source: string
  /** The names of the migrations that it stands for, in order. */
  readonly replaced: readonly string[]
  /** How many operations those have. */
  readonly operationsBefore: number
  /** What each operation does, in order. */
  readonly operations: readonly string[]
  /** What was left out, since it is `elidable`. */
  readonly elided: readonly string[]
  /** Migrations whose code the new one uses from their files: it must be moved before those are deleted. */
  readonly borrowedFrom: readonly string[]
}

/**
 * Writes one migration that stands for a range of an app's. Databases that ran the old ones count it as done, others run it in
 * their place; the old files stay until every database is there. Throws `MigrationError` for a range that is none, and where a
 * migration of another app stands in its middle. Django's `squashmigrations`.
 */
export async function squashMigrations(options: SquashMigrationsOptions): Promise<SquashedMigrations> {
  const { apps, name, optimize = true, imports } = options
  const app = ownApp(apps, options.app)
  assertChosenName(name)
  const graph = await loadMigrations(apps)
  const range = squashedRange(graph, options)
  const before = stateOf(graph.ancestors(range[0]!).slice(0, -1))
  const { migration, elided } = squashedMigration(graph, range, before, { name, optimize })
  const fileOf = await fileNames(app)
  const borrowed = borrowedOperations(migration.operations, range, fileOf)
  const path = join(app.migrationsDir, `${migration.name}.ts`)
  const source = writeMigration(migration, imports, borrowed)
  if (!options.dryRun) await writeFiles([{ path, source }])
  return {
    app: app.label,
    name: migration.name,
    path,
    source,
    replaced: range.map((one) => one.name),
    operationsBefore: range.reduce((count, { operations }) => count + operations.length, 0),
    operations: migration.operations.map(({ description }) => description),
    elided: elided.map(({ description }) => description),
    borrowedFrom: [...new Set([...borrowed.values()].map((one) => one.migration))],
  }
}
