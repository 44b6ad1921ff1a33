import { database as configuredDatabase } from '../../backends/registry.ts'
import type { MigrationApp } from '../app.ts'
import { loadMigrations } from '../loader.ts'
import { keyOf } from '../migration.ts'
import { MigrationRecorder } from '../recorder.ts'

export interface MigrationStatus {
  readonly name: string
  /** When it ran, in UTC; `undefined` where it has not. */
  readonly applied: string | undefined
  /** Whether the record has it and the files do not: a file was deleted or renamed after it ran. */
  readonly missing: boolean
}

export interface AppMigrations {
  readonly app: string
  readonly migrations: readonly MigrationStatus[]
}

/** The migrations of each app with what the database has run of them. Django's `showmigrations`. */
export async function showMigrations(options: {
  readonly apps: readonly MigrationApp[]
  readonly database?: string | undefined
}): Promise<AppMigrations[]> {
  const graph = await loadMigrations(options.apps)
  const applied = await new MigrationRecorder(configuredDatabase(options.database)).applied()
  return options.apps.map(({ label }) => {
    const files = graph.of(label).map((migration) => ({
      name: migration.name,
      applied: applied.get(keyOf(migration))?.applied,
      missing: false,
    }))
    const drifted = [...applied.values()].filter((record) => record.app === label && !graph.get(record))
    return {
      app: label,
      migrations: [...drifted.map(({ name, applied: at }) => ({ name, applied: at, missing: true })), ...files],
    }
  })
}
