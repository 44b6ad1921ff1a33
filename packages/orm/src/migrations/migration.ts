import type { Operation } from './operations/operation.ts'

/** What a migration file says. */
export interface MigrationDefinition {
  /** Migrations that must run before: pairs of app and name. */
  readonly dependencies?: readonly (readonly [app: string, name: string])[]
  readonly operations: readonly Operation[]
}

const marker = Symbol.for('nuages.migration')

/** The default export of a migration file. */
export function defineMigration(definition: MigrationDefinition): MigrationDefinition {
  return Object.assign({ [marker]: true }, definition)
}

/** Whether a value was made by `defineMigration`, of whatever copy of this package. */
export function isMigrationDefinition(value: unknown): value is MigrationDefinition {
  return typeof value === 'object' && value !== null && marker in value
}

/** A migration with its place. */
export interface Migration {
  readonly app: string
  /** The file's name without its ending: `'0001_initial'`. */
  readonly name: string
  readonly dependencies: readonly MigrationKey[]
  readonly operations: readonly Operation[]
}

export interface MigrationKey {
  readonly app: string
  readonly name: string
}

/** `'blog.0001_initial'`: how messages name a migration, and maps find it. */
export function keyOf({ app, name }: MigrationKey): string {
  return `${app}.${name}`
}
