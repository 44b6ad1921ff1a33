import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MigrationApp } from '../app.ts'
import { loadMigrations } from '../loader.ts'
import { writeFiles } from '../making/write-files.ts'
import type { Migration } from '../migration.ts'
import { optimize } from '../optimizer/optimize.ts'
import type { ImportPaths } from '../writer/imports.ts'
import { writeMigration } from '../writer/write-migration.ts'
import { borrowedOperations } from './borrowed-operations.ts'
import { fileNames } from './file-names.ts'
import { ownApp } from './own-app.ts'
import { isSameSource } from './same-source.ts'

export interface OptimizeMigrationOptions {
  readonly apps: readonly MigrationApp[]
  readonly app: string
  /** Its name, or the start of it. */
  readonly name: string
  /** Only tells: nothing is written. */
  readonly check?: boolean | undefined
  readonly imports?: ImportPaths
}

/** What became of a migration whose operations came to less. */
export interface OptimizedMigration {
  readonly app: string
  readonly name: string
  /** The file that has the operations now, absolute: the old one, or a new one that stands for it. */
  readonly path: string
  readonly source: string
  readonly operationsBefore: number
  /** What each operation does, in order. */
  readonly operations: readonly string[]
  /**
   * The migration that the new file stands for, where the old one has what would be lost: comments, constants, code. What is
   * wanted of it must be moved before it is deleted.
   */
  readonly replaced: string | undefined
}

/**
 * Folds the operations of one migration. A file that was written by `makemigrations` is written anew; one with anything of its
 * own stays, and a second one, `<name>_optimized`, stands for it. Answers `undefined` where there is nothing to fold. Django's
 * `optimizemigration`.
 */
export async function optimizeMigration(options: OptimizeMigrationOptions): Promise<OptimizedMigration | undefined> {
  const { apps, check, imports } = options
  const app = ownApp(apps, options.app)
  const migration = (await loadMigrations(apps, { replace: false })).find(app.label, options.name)
  const operations = optimize(migration.operations, app.label)
  if (operations.length === migration.operations.length) return undefined
  const fileOf = await fileNames(app)
  const old = join(app.migrationsDir, fileOf(migration))
  const asWritten = writeMigration(migration, imports, borrowedOperations(migration.operations, [migration], fileOf))
  const isPlain = isSameSource(await readFile(old, 'utf8'), asWritten)
  const next = isPlain ? { ...migration, operations } : standIn(migration, operations)
  const path = isPlain ? old : join(app.migrationsDir, `${next.name}.ts`)
  const source = writeMigration(next, imports, borrowedOperations(operations, [migration], fileOf))
  if (!check) await writeFiles([{ path, source, replaced: isPlain ? old : undefined }])
  return {
    app: app.label,
    name: next.name,
    path,
    source,
    operationsBefore: migration.operations.length,
    operations: operations.map(({ description }) => description),
    replaced: isPlain ? undefined : migration.name,
  }
}

/** A migration of another name that stands for one whose file stays for now. */
function standIn(migration: Migration, operations: Migration['operations']): Migration {
  const { app, name } = migration
  return { ...migration, name: `${name}_optimized`, replaces: [{ app, name }], operations }
}
