import type { Operation } from './operations/operation.ts'
import type { Considered } from './safety/considered.ts'

/** A migration as files name it: its app, and its file without the ending. */
export type MigrationName = readonly [app: string, name: string]

/** In place of a name: whichever migration makes the model that a setting names. */
export interface SwappableDependency {
  readonly swappable: string
}

/** What a migration file says. Django's `Migration`. */
export interface MigrationDefinition {
  /** Migrations that must run before; `'__first__'` and `'__latest__'` stand for the ends of an app. */
  readonly dependencies?: readonly (MigrationName | SwappableDependency)[]
  /** Migrations of other apps that must run after, where these cannot say so themselves. */
  readonly runBefore?: readonly MigrationName[]
  /** Migrations that this one stands for, all of them together: it was squashed from them. */
  readonly replaces?: readonly MigrationName[]
  /** Whether the tables that it makes may be there already, for `--fake-initial`; without it, the first of an app. */
  readonly initial?: boolean
  /**
   * `false` gives each operation a transaction of its own, for those that cannot run in one with others: what ran before a
   * failure stays.
   */
  readonly atomic?: boolean
  /** Findings of the safety check that are meant to be, each with the reason: `{ 'drop-column': 'release 41 no longer reads it' }`. */
  readonly considered?: Considered
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
  readonly runBefore: readonly MigrationKey[]
  readonly replaces: readonly MigrationKey[]
  readonly initial: boolean | undefined
  readonly atomic: boolean
  readonly considered: Considered
  readonly operations: readonly Operation[]
}

export interface MigrationKey {
  readonly app: string
  readonly name: string
  /** Of a dependency: the setting whose model it is about, which is what its file says. */
  readonly swappable?: string
}

/** `'blog.0001_initial'`: how messages name a migration, and maps find it. */
export function keyOf({ app, name }: MigrationKey): string {
  return `${app}.${name}`
}

/** A migration that nobody wrote by hand: what is left out says nothing. */
export function newMigration(parts: MigrationKey & Partial<Migration> & Pick<Migration, 'operations'>): Migration {
  return { dependencies: [], runBefore: [], replaces: [], initial: undefined, atomic: true, considered: {}, ...parts }
}
