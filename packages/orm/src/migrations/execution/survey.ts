import type { Database } from '../../backends/database.ts'
import type { MigrationApp } from '../app.ts'
import { buildGraph } from '../build-graph.ts'
import type { MigrationGraph } from '../graph.ts'
import type { Migration } from '../migration.ts'
import { type AppliedMigration, MigrationRecorder } from '../recorder.ts'
import type { Ran } from './plan.ts'
import { UnfinishedRecord } from './unfinished-record.ts'

/** The files beside what the database says of them. */
export interface Survey {
  readonly files: readonly Migration[]
  readonly graph: MigrationGraph
  readonly recorder: MigrationRecorder
  readonly unfinishedRecord: UnfinishedRecord
  /** The record as it stands, by key, in the order it was written. */
  readonly record: ReadonlyMap<string, AppliedMigration>
  /** What has run: the record, with squashed migrations as what they replace says. */
  readonly applied: ReadonlySet<string>
  /** By the key of a migration that was stopped, its operations that stand. */
  readonly unfinished: ReadonlyMap<string, readonly string[]>
  readonly ran: Ran
}

/** Reads the record and fits the files to it. `strict`: everything that a run needs must be there. */
export async function surveyDatabase(
  files: readonly Migration[],
  apps: readonly MigrationApp[],
  database: Database,
  { strict = true } = {},
): Promise<Survey> {
  const tables = await database.tableNames()
  const recorder = new MigrationRecorder(database, tables)
  const unfinishedRecord = new UnfinishedRecord(database, tables)
  const record = await recorder.applied()
  const unfinished = await unfinishedRecord.read()
  const { graph, applied } = buildGraph(files, { apps: apps.map(({ label }) => label), applied: record.keys(), strict })
  const ran = { applied, unfinished: new Set(unfinished.keys()) }
  return { files, graph, recorder, unfinishedRecord, record, applied, unfinished, ran }
}
