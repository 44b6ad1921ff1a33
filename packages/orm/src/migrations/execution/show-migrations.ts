import { database as configuredDatabase } from '../../backends/registry.ts'
import type { MigrationApp } from '../app.ts'
import { readMigrations } from '../loader.ts'
import { keyOf, type Migration } from '../migration.ts'
import { driftOf } from './record-drift.ts'
import { type Survey, surveyDatabase } from './survey.ts'

export interface MigrationStatus {
  readonly name: string
  /**
   * `'unrecorded'`: all that it was squashed from has run, and `migrate` will record it. `'unfinished'`: it is not atomic and was stopped;
   * `standing` says how far it had come.
   */
  readonly state: 'applied' | 'unapplied' | 'unrecorded' | 'unfinished'
  /** When it ran, in UTC; `undefined` where it has not. */
  readonly applied: string | undefined
  /** Whether the record has it and the files do not: a file was deleted or renamed after it ran. */
  readonly missing: boolean
  /** How many migrations it was squashed from. */
  readonly squashed?: number
  /** How many of its operations stand, where it was stopped. */
  readonly standing?: number
  /** The migrations that must run right before it: `'blog.0001_initial'`. */
  readonly needs: readonly string[]
}

export interface AppMigrations {
  readonly app: string
  readonly migrations: readonly MigrationStatus[]
}

/** A migration of the plan of an empty database. */
export interface PlanStatus extends MigrationStatus {
  readonly app: string
}

export interface ShowOptions {
  readonly apps: readonly MigrationApp[]
  readonly database?: string | undefined
}

/** The migrations of each app with what the database has run of them. Django's `showmigrations`. */
export async function showMigrations(options: ShowOptions): Promise<AppMigrations[]> {
  const survey = await surveyFor(options)
  return options.apps.map(({ label }) => {
    const drifted = driftOf(survey, [label]).map(
      ({ name, applied }): MigrationStatus => ({ name, state: 'applied', applied, missing: true, needs: [] }),
    )
    return {
      app: label,
      migrations: [...drifted, ...survey.graph.of(label).map((migration) => statusOf(migration, survey))],
    }
  })
}

/** Every migration in the order in which an empty database would run them. Django's `showmigrations --plan`. */
export async function showPlan(options: ShowOptions & { readonly only?: readonly string[] }): Promise<PlanStatus[]> {
  const survey = await surveyFor(options)
  const { only = [] } = options
  const wanted = only.length === 0 ? survey.graph.order : only.flatMap((app) => survey.graph.of(app))
  const needed = new Set(
    wanted.flatMap((migration) => (only.length === 0 ? migration : survey.graph.ancestors(migration))),
  )
  return survey.graph.order
    .filter((migration) => needed.has(migration))
    .map((migration) => ({ app: migration.app, ...statusOf(migration, survey) }))
}

async function surveyFor({ apps, database }: ShowOptions): Promise<Survey> {
  return surveyDatabase(await readMigrations(apps), apps, configuredDatabase(database), { strict: false })
}

function statusOf(migration: Migration, { graph, record, applied, unfinished }: Survey): MigrationStatus {
  const key = keyOf(migration)
  const standing = unfinished.get(key)?.length
  const at = applied.has(key) ? record.get(key)?.applied : undefined
  const state =
    standing !== undefined ? 'unfinished' : at !== undefined ? 'applied' : applied.has(key) ? 'unrecorded' : 'unapplied'
  return {
    name: migration.name,
    state,
    applied: at,
    missing: false,
    ...(migration.replaces.length > 0 ? { squashed: migration.replaces.length } : {}),
    ...(standing === undefined ? {} : { standing }),
    needs: graph.needs(migration).map(keyOf),
  }
}
