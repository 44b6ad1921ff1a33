import { join } from 'node:path'
import { database } from '../backends/registry.ts'
import { appOf, type MigrationApp, modelsOf } from './app.ts'
import { assertChosenName } from './assert-chosen-name.ts'
import { arrangeMigrations } from './autodetector/arrange-migrations.ts'
import { detectChanges } from './autodetector/detect-changes.ts'
import { MigrationError } from './errors.ts'
import { finalState } from './execution/state-at.ts'
import type { MigrationGraph } from './graph.ts'
import { loadMigrations } from './loader.ts'
import { assertOwnApp } from './making/assert-own-app.ts'
import { emptyMigrations } from './making/empty-migrations.ts'
import { type Merge, mergedMigrations } from './making/merged-migrations.ts'
import { readRecord } from './making/read-record.ts'
import { type Update, updatedMigrations } from './making/updated-migrations.ts'
import { writeFiles } from './making/write-files.ts'
import { keyOf, type Migration } from './migration.ts'
import { answering, type MergedBranch, type Questioner } from './questioner.ts'
import { checkSafety } from './safety/check-safety.ts'
import type { Finding } from './safety/finding.ts'
import { ProjectState } from './state/project-state.ts'
import type { ImportPaths } from './writer/imports.ts'
import { writeMigration } from './writer/write-migration.ts'

export interface MakeMigrationsOptions {
  /** Every app of the project: relations reach across them. */
  readonly apps: readonly MigrationApp[]
  /** The labels of the apps to write for, with what those need; all when left out. */
  readonly only?: readonly string[] | undefined
  /** Only tells what is missing; nothing is written. */
  readonly check?: boolean
  readonly dryRun?: boolean
  /** In place of the name that the operations suggest, after the number. */
  readonly name?: string | undefined
  /** Writes a migration without operations for each app of `only`, to be filled by hand. */
  readonly empty?: boolean
  /** Writes a migration after each two that were written apart, and nothing else. */
  readonly merge?: boolean
  /** Puts what changed into the last migration of each app, which must not have run. */
  readonly update?: boolean
  /**
   * The alias of the database whose record is compared with the files, and about which the safety check speaks; none when
   * left out.
   */
  readonly database?: string | undefined
  /** Answers what the models do not say; without one such a question is an error. */
  readonly questioner?: Questioner
  readonly imports?: ImportPaths
}

/** A migration that was made. */
export interface MadeMigration {
  readonly app: string
  readonly name: string
  /** The file, absolute. */
  readonly path: string
  readonly source: string
  readonly operations: readonly string[]
  /** What it would lock, break or lose in the database, where one was given. */
  readonly findings: readonly Finding[]
  /** With `update`, the file whose place it takes. */
  readonly replaced?: string | undefined
  /** With `merge`, what it joins. */
  readonly branches?: readonly MergedBranch[] | undefined
}

export interface MadeMigrations {
  readonly changes: readonly MadeMigration[]
  /** The files that were written: none with `check` or `dryRun`. */
  readonly written: readonly string[]
  /** What could not be done and was left out: a database that cannot be reached. */
  readonly warnings: readonly string[]
}

/** A migration that is to be written, and what its file has to do with those that are there. */
type Made = { readonly migration: Migration } & Partial<Pick<Update, 'replaced'> & Pick<Merge, 'branches'>>

/**
 * Compares the models with the migrations and writes the migrations between them. Throws `MigrationError` where the files do
 * not fit together, and `QuestionNotAnswered` where a change can be understood in two ways and nobody says which.
 */
export async function makeMigrations(options: MakeMigrationsOptions): Promise<MadeMigrations> {
  assertOptions(options)
  const graph = await loadMigrations(options.apps)
  const { applied, warnings } = await readRecord(options.apps, options.database)
  const made = await migrationsFor(graph, applied, options)
  const findings = await findingsOf(made, graph, options)
  const changes = made.map((one) => told(one, findings, options))
  if (options.check || options.dryRun) return { changes, written: [], warnings }
  for (const { app } of changes) assertOwnApp(appOf(options.apps, app))
  await writeFiles(changes)
  return { changes, written: changes.map(({ path }) => path), warnings }
}

function assertOptions({ apps, only, name, empty, merge, update }: MakeMigrationsOptions): void {
  for (const label of only ?? []) appOf(apps, label)
  assertChosenName(name)
  if (empty && !only?.length) throw new MigrationError('An empty migration needs the app that it is for.')
  const ways = Object.entries({ empty, merge, update }).filter(([, wanted]) => wanted)
  if (ways.length > 1) {
    throw new MigrationError(`${ways.map(([way]) => way).join(' and ')} are different things to do: choose one.`)
  }
}

async function migrationsFor(
  graph: MigrationGraph,
  applied: ReadonlySet<string>,
  options: MakeMigrationsOptions,
): Promise<Made[]> {
  const { apps, only, name, questioner = answering() } = options
  const labels = only ?? apps.map(({ label }) => label)
  if (options.merge) return mergedMigrations(graph, labels, questioner, name)
  for (const { label } of apps) graph.leaf(label)
  if (options.empty) return emptyMigrations(graph, labels, name).map((migration) => ({ migration }))
  const to = ProjectState.fromModels(apps.flatMap(modelsOf))
  const changes = await detectChanges(finalState(graph), to, questioner)
  const arranged = arrangeMigrations(changes, graph, name)
  const wanted = only ? withNeeded(arranged, only) : arranged
  return options.update ? updatedMigrations(wanted, graph, applied, name) : wanted.map((migration) => ({ migration }))
}

function withNeeded(migrations: readonly Migration[], only: readonly string[]): Migration[] {
  const wanted = new Set(migrations.filter(({ app }) => only.includes(app)))
  for (const migration of wanted) {
    const needs = migration.dependencies.map(keyOf)
    for (const other of migrations) if (needs.includes(keyOf(other))) wanted.add(other)
  }
  return migrations.filter((migration) => wanted.has(migration))
}

async function findingsOf(
  made: readonly Made[],
  graph: MigrationGraph,
  { database: alias, update }: MakeMigrationsOptions,
): Promise<Finding[]> {
  if (alias === undefined || made.length === 0 || update) return []
  const migrations = made.map(({ migration }) => migration)
  return checkSafety({ migrations, state: finalState(graph), vendor: database(alias).vendor, alias })
}

function told(
  { migration, replaced, branches }: Made,
  findings: readonly Finding[],
  options: MakeMigrationsOptions,
): MadeMigration {
  const { app, name, operations } = migration
  const { migrationsDir } = appOf(options.apps, app)
  return {
    app,
    name,
    path: join(migrationsDir, `${name}.ts`),
    source: writeMigration(migration, options.imports),
    operations: operations.map((operation) => operation.description),
    findings: findings.filter((finding) => finding.migration === keyOf(migration)),
    ...(replaced ? { replaced: join(migrationsDir, `${replaced.name}.ts`) } : {}),
    ...(branches ? { branches } : {}),
  }
}
