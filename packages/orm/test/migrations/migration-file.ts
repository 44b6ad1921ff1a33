import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MigrationApp } from '../../src/migrations/app.ts'
import { imports } from './project.ts'

/** What a migration file says, as text: `operations` is a list without its brackets, in which the package is `orm` and `m`. */
export interface FileParts {
  readonly dependencies?: string
  readonly replaces?: string
  readonly runBefore?: string
  readonly atomic?: boolean
  readonly initial?: boolean
  readonly operations?: string
}

/** Writes a migration by hand, or writes it anew. `key` is `'shop.0002_size'`. */
export function writeMigration(dir: string, key: string, { operations = '', ...parts }: FileParts = {}): void {
  const [app, name] = key.split('.') as [string, string]
  mkdirSync(migrationsDir(dir, app), { recursive: true })
  const entries = Object.entries(parts).map(([part, text]) => `${part}: ${text},`)
  writeFileSync(
    join(migrationsDir(dir, app), `${name}.ts`),
    `import * as orm from '${imports.orm}'
     import * as m from '${imports.migrations}'
     export default m.defineMigration({ ${entries.join(' ')} operations: [${operations}] })`,
  )
}

export function removeMigration(dir: string, key: string): void {
  const [app, name] = key.split('.') as [string, string]
  rmSync(join(migrationsDir(dir, app), `${name}.ts`))
}

export function migrationsDir(dir: string, app: string): string {
  return join(dir, app, 'migrations')
}

/** Apps without models, for migrations that are written by hand. */
export function bareApps(dir: string, ...labels: string[]): MigrationApp[] {
  return labels.map((label) => ({ label, models: {}, migrationsDir: migrationsDir(dir, label) }))
}
