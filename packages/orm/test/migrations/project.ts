import { join, resolve } from 'node:path'
import { database } from '../../src/backends/registry.ts'
import type { TableSchema } from '../../src/backends/schema.ts'
import type { MigrationApp } from '../../src/migrations/app.ts'
import { modelsOf } from '../../src/migrations/app.ts'
import { type MadeMigrations, type MakeMigrationsOptions, makeMigrations, migrate } from '../../src/migrations/index.ts'
import { modelTable, pairTable } from '../../src/migrations/state/model-tables.ts'
import { ProjectState } from '../../src/migrations/state/project-state.ts'
import { createRegistry, registerModels } from '../../src/models/register-models.ts'
import { bound, vendor } from '../temporary-database.ts'

const src = resolve(import.meta.dirname, '../../src')
/** The test's files stand outside the workspace, so they name the package by its path. */
export const imports = { orm: join(src, 'index.ts'), migrations: join(src, 'migrations/index.ts') }

export type Models = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** Apps with these models, in a registry of their own; their migrations stand under `dir`. */
export function project(dir: string, models: Models): MigrationApp[] {
  const registry = createRegistry()
  return Object.entries(models).map(([label, classes]) => ({
    label,
    models: registerModels(label, classes, registry),
    migrationsDir: join(dir, label, 'migrations'),
  }))
}

export function make(
  apps: readonly MigrationApp[],
  options: Partial<MakeMigrationsOptions> = {},
): Promise<MadeMigrations> {
  return makeMigrations({ apps, imports, ...options })
}

export async function makeAndMigrate(apps: readonly MigrationApp[], options: Partial<MakeMigrationsOptions> = {}) {
  const made = await make(apps, options)
  await migrate({ apps })
  return made
}

/** The tables that the models ask for, as introspection would show them, their columns by name. */
export function expectedTables(apps: readonly MigrationApp[]): TableSchema[] {
  const { registry } = ProjectState.fromModels(apps.flatMap(modelsOf))
  const tables = registry
    .all()
    .flatMap((meta) => [modelTable(meta, vendor), ...meta.manyToMany.map((field) => pairTable(field.through, vendor))])
  return normalised(tables)
}

export async function actualTables(): Promise<TableSchema[]> {
  return normalised((await database().introspect()).filter(({ name }) => name !== 'django_migrations'))
}

function normalised(tables: readonly TableSchema[]): TableSchema[] {
  const byName = <T extends { name: string }>(list: readonly T[]) =>
    [...list].sort((one, other) => (one.name < other.name ? -1 : 1))
  return byName(tables).map(({ name, columns, indexes, uniques, checks, exclusions }) => ({
    name,
    columns: byName(columns).map(({ check, references, generated, default: initial, ...column }) => ({
      ...column,
      check,
      references,
      ...(generated === undefined ? {} : { generated: { ...generated, sql: ownWords(generated.sql) } }),
      ...(initial === undefined ? {} : { default: ownWords(initial) }),
    })),
    indexes: byName(indexes).map(({ condition, ...index }) => ({
      ...index,
      columns: index.columns.map((column) =>
        column.isExpression ? { ...column, name: ownWords(column.name) } : column,
      ),
      ...(condition === undefined ? {} : { condition: ownWords(condition) }),
    })),
    uniques: byName(uniques),
    checks: byName(checks).map((check) => ({ ...check, sql: ownWords(check.sql) })),
    exclusions: byName(exclusions),
  }))
}

/** PostgreSQL tells SQL in its own words: with other parentheses, quotes and casts. */
function ownWords(sql: string): string {
  if (vendor === 'sqlite') return sql
  const type = /::(?:character varying|text|integer|bigint|smallint|numeric|boolean|timestamp with time zone)/g
  return sql
    .toLowerCase()
    .replaceAll(type, '')
    .replaceAll(/["()\s]/g, '')
    .replaceAll(/'(-?\d+)'/g, '$1')
}

export async function rows(sql: string, ...params: (string | number | null)[]): Promise<unknown[][]> {
  return database().all(bound(sql), params)
}
