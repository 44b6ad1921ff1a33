import type { Database } from '../../backends/database.ts'
import type { SchemaEditor } from '../../backends/schema-editor.ts'
import { keyOf, type Migration } from '../migration.ts'
import { type MigrationProgress, planned } from './planned-migration.ts'
import type { PreparedStep } from './prepare-steps.ts'
import type { Survey } from './survey.ts'

export interface RunOptions {
  /** Writes the record and leaves the tables alone. Django's `--fake`. */
  readonly fake?: boolean | undefined
  /** As `fake` for the first migrations of apps whose tables are there already. Django's `--fake-initial`. */
  readonly fakeInitial?: boolean | undefined
  /** Milliseconds to wait for another `migrate`, and, on PostgreSQL, for the locks of each statement. Without it, without end. */
  readonly lockTimeout?: number | undefined
  readonly onProgress?: ((progress: MigrationProgress) => void) | undefined
}

/** The steps of a plan on one database, and what they write down. */
export class MigrationRun {
  readonly database: Database
  /** By the key of a migration that was stopped, its operations that stand. */
  readonly unfinished: ReadonlyMap<string, readonly string[]>
  readonly lockTimeout: number | undefined
  readonly options: RunOptions
  readonly #survey: Survey
  #started: number | undefined
  #fake = false

  constructor(database: Database, survey: Survey, options: RunOptions) {
    this.database = database
    this.unfinished = survey.unfinished
    this.lockTimeout = options.lockTimeout
    this.#survey = survey
    this.options = options
  }

  /** Forgets the step before; `fake` says whether this one only writes the record. */
  prepare(fake: boolean): void {
    this.#started = undefined
    this.#fake = fake
  }

  get isFake(): boolean {
    return this.#fake
  }

  isApplied(migration: Migration): boolean {
    return this.#survey.applied.has(keyOf(migration))
  }

  /** Whether the record says now what the step is to bring about. */
  async isDone({ migration, direction }: PreparedStep): Promise<boolean> {
    if (this.unfinished.has(keyOf(migration))) return false
    const [first] = this.#survey.graph.recordKeys(migration)
    return (await this.#survey.recorder.has(first!)) === (direction === 'forwards')
  }

  start(step: PreparedStep): void {
    this.#started = performance.now()
    this.options.onProgress?.({ kind: 'start', migration: planned(step) })
  }

  /** Records that the step is done as a whole, in the transaction of its end. */
  async record({ migration, direction }: PreparedStep, editor: SchemaEditor): Promise<void> {
    const { graph, recorder, unfinishedRecord } = this.#survey
    const keys = graph.recordKeys(migration)
    if (direction === 'forwards') await recorder.recordApplied(keys, editor)
    else await recorder.recordUnapplied(keys)
    await unfinishedRecord.forget(migration, editor)
  }

  /** Notes how many operations of a migration stand, in the transaction of the last of them. */
  async note({ migration, operations }: PreparedStep, standing: number, editor: SchemaEditor): Promise<void> {
    const done = operations.slice(0, standing).map(({ operation }) => operation.description)
    await this.#survey.unfinishedRecord.write(migration, done, editor)
  }

  /** Tells that a step has ended, where it was told to have started. */
  end(kind: 'done' | 'failed', step: PreparedStep): void {
    if (this.#started === undefined) return
    const duration = performance.now() - this.#started
    this.options.onProgress?.({ kind, migration: planned(step), duration, fake: this.#fake })
  }
}
