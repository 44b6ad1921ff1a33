import { didYouMean } from '@nuages/foundation'
import { MigrationError } from './errors.ts'
import { keyOf, type Migration, type MigrationKey } from './migration.ts'

/** All migrations of the project and what each of them needs before it. */
export class MigrationGraph {
  readonly #migrations: ReadonlyMap<string, Migration>
  readonly #order: readonly Migration[]

  /** Throws `MigrationError` for a dependency that is not there and for migrations that need each other. */
  constructor(migrations: readonly Migration[]) {
    this.#migrations = new Map(migrations.map((migration) => [keyOf(migration), migration]))
    for (const migration of migrations) this.#assertDependencies(migration)
    this.#order = this.#sort(migrations)
  }

  /** Every migration after those it needs; otherwise in the order of the apps and of the files. */
  get order(): readonly Migration[] {
    return this.#order
  }

  get(key: MigrationKey): Migration | undefined {
    return this.#migrations.get(keyOf(key))
  }

  of(app: string): readonly Migration[] {
    return this.#order.filter((migration) => migration.app === app)
  }

  /** The migrations of an app that no other of the app needs: one, where the files fit together. */
  leaves(app: string): readonly Migration[] {
    const own = this.of(app)
    const needed = new Set(own.flatMap((migration) => migration.dependencies.map(keyOf)))
    return own.filter((migration) => !needed.has(keyOf(migration)))
  }

  /** The last migration of an app. Throws where two stand at the end: they were written apart and must be merged. */
  leaf(app: string): Migration | undefined {
    const leaves = this.leaves(app)
    if (leaves.length <= 1) return leaves[0]
    const names = leaves.map((migration) => migration.name)
    throw new MigrationError(
      `The migrations of '${app}' have ${leaves.length} ends: ${names.join(', ')}. They were written apart: ` +
        `give the later one the dependency ['${app}', '${names[0]}'].`,
    )
  }

  /** A migration by the start of its name. Throws where none or several match. */
  find(app: string, prefix: string): Migration {
    const own = this.of(app)
    const exact = own.find((migration) => migration.name === prefix)
    if (exact) return exact
    const matches = own.filter((migration) => migration.name.startsWith(prefix))
    if (matches.length === 1) return matches[0]!
    const names = own.map((migration) => migration.name)
    const problem =
      matches.length === 0
        ? `'${app}' has no migration '${prefix}'.${didYouMean(prefix, names)}`
        : `'${prefix}' is the start of several migrations of '${app}'.`
    throw new MigrationError(`${problem} Migrations: ${names.join(', ') || 'none'}; 'zero' is before the first.`)
  }

  /** What a migration needs, itself included, in order. */
  ancestors(key: MigrationKey): readonly Migration[] {
    const needed = this.#reach([keyOf(key)], (migration) => migration.dependencies.map(keyOf))
    return this.#order.filter((migration) => needed.has(keyOf(migration)))
  }

  /** What needs a migration, itself included, in the order in which they must be taken back. */
  descendants(keys: readonly MigrationKey[]): readonly Migration[] {
    const children = new Map<string, string[]>()
    for (const migration of this.#order) {
      for (const dependency of migration.dependencies) {
        children.set(keyOf(dependency), [...(children.get(keyOf(dependency)) ?? []), keyOf(migration)])
      }
    }
    const affected = this.#reach(keys.map(keyOf), (migration) => children.get(keyOf(migration)) ?? [])
    return this.#order.filter((migration) => affected.has(keyOf(migration))).reverse()
  }

  #reach(start: readonly string[], next: (migration: Migration) => readonly string[]): Set<string> {
    const reached = new Set<string>()
    const open = [...start]
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      if (reached.has(key)) continue
      reached.add(key)
      open.push(...next(this.#migrations.get(key)!))
    }
    return reached
  }

  #assertDependencies(migration: Migration): void {
    for (const dependency of migration.dependencies) {
      if (this.#migrations.has(keyOf(dependency))) continue
      const known = [...this.#migrations.keys()].filter((key) => key.startsWith(`${dependency.app}.`))
      throw new MigrationError(
        `${keyOf(migration)} needs ${keyOf(dependency)}, which is not there.` +
          `${didYouMean(keyOf(dependency), known)} Migrations of '${dependency.app}': ${known.join(', ') || 'none'}.`,
      )
    }
  }

  #sort(migrations: readonly Migration[]): Migration[] {
    const sorted: Migration[] = []
    const state = new Map<string, 'open' | 'done'>()
    const visit = (migration: Migration, trail: readonly string[]) => {
      const key = keyOf(migration)
      if (state.get(key) === 'done') return
      if (state.get(key) === 'open') {
        throw new MigrationError(
          `Migrations need each other: ${[...trail.slice(trail.indexOf(key)), key].join(' → ')}.`,
        )
      }
      state.set(key, 'open')
      for (const dependency of migration.dependencies) visit(this.#migrations.get(keyOf(dependency))!, [...trail, key])
      state.set(key, 'done')
      sorted.push(migration)
    }
    for (const migration of migrations) visit(migration, [])
    return sorted
  }
}
