import { didYouMean } from '@nuages/foundation'
import { MigrationError } from './errors.ts'
import { keyOf, type Migration, type MigrationKey } from './migration.ts'

/** The migrations that stand, and what each of them needs before it: `buildGraph` makes one of the files. */
export class MigrationGraph {
  readonly #migrations: ReadonlyMap<string, Migration>
  readonly #needs: ReadonlyMap<string, readonly Migration[]>
  readonly #order: readonly Migration[]
  readonly #byApp: ReadonlyMap<string, readonly Migration[]>
  readonly #replacedBy: ReadonlyMap<string, Migration>

  /**
   * `needs` has the keys of what each migration needs, all of them among `migrations`; `replacedBy` says which migration stands for
   * one that does not. Throws `MigrationError` for migrations that need each other.
   */
  constructor(
    migrations: readonly Migration[],
    needs: ReadonlyMap<string, Iterable<string>>,
    replacedBy: ReadonlyMap<string, Migration> = new Map(),
  ) {
    this.#migrations = new Map(migrations.map((migration) => [keyOf(migration), migration]))
    this.#needs = new Map(
      migrations.map((migration) => {
        const keys = [...(needs.get(keyOf(migration)) ?? [])]
        return [keyOf(migration), keys.map((key) => this.#migrations.get(key)!)]
      }),
    )
    this.#order = sorted(migrations, this.#needs)
    this.#byApp = Map.groupBy(this.#order, ({ app }) => app)
    this.#replacedBy = replacedBy
  }

  /** Every migration after those it needs; otherwise in the order of the apps and of the files. */
  get order(): readonly Migration[] {
    return this.#order
  }

  get(key: MigrationKey): Migration | undefined {
    return this.#migrations.get(keyOf(key))
  }

  of(app: string): readonly Migration[] {
    return this.#byApp.get(app) ?? []
  }

  /** What must run right before a migration, whoever says so. */
  needs(migration: MigrationKey): readonly Migration[] {
    return this.#needs.get(keyOf(migration)) ?? []
  }

  /** The migration that stands for one that was squashed into it. */
  replacementOf(key: MigrationKey): Migration | undefined {
    return this.#replacedBy.get(keyOf(key))
  }

  /** What the record has where a migration ran: its own key, last, and those of all that it was squashed from. */
  recordKeys(migration: Migration): MigrationKey[] {
    const replaced = [...this.#replacedBy].filter(([, replacement]) => replacement === migration).map(([key]) => key)
    return [...replaced.map(keyFrom), { app: migration.app, name: migration.name }]
  }

  /** The migrations of an app that no other of the app needs: one, where the files fit together. */
  leaves(app: string): readonly Migration[] {
    const own = this.of(app)
    const needed = new Set(own.flatMap((migration) => this.needs(migration)))
    return own.filter((migration) => !needed.has(migration))
  }

  /** The last migration of an app. Throws where two stand at the end: they were written apart and must be merged. */
  leaf(app: string): Migration | undefined {
    const leaves = this.leaves(app)
    if (leaves.length <= 1) return leaves[0]
    const names = leaves.map((migration) => migration.name)
    throw new MigrationError(
      `The migrations of '${app}' have ${leaves.length} ends: ${names.join(', ')}. They were written apart: ` +
        `run makemigrations --merge, or give the later one the dependency ['${app}', '${names[0]}'].`,
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
    const listed = `Migrations: ${names.join(', ') || 'none'}; 'zero' is before the first.`
    if (matches.length > 1) {
      throw new MigrationError(`'${prefix}' is the start of several migrations of '${app}'. ${listed}`)
    }
    const squashed = [...this.#replacedBy].find(([key]) => key.startsWith(`${app}.${prefix}`))
    if (squashed) {
      throw new MigrationError(
        `${squashed[0]} is part of ${keyOf(squashed[1])}, which was squashed from it and stands in its place. ${listed}`,
      )
    }
    throw new MigrationError(`'${app}' has no migration '${prefix}'.${didYouMean(prefix, names)} ${listed}`)
  }

  /** What a migration needs, itself included, in order. */
  ancestors(key: MigrationKey): readonly Migration[] {
    const start = this.get(key)
    const needed = reach(start ? [start] : [], (migration) => this.needs(migration))
    return this.#order.filter((migration) => needed.has(migration))
  }

  /** What needs one of these migrations, they themselves included, in the order in which they must be taken back. */
  descendants(keys: readonly MigrationKey[]): readonly Migration[] {
    const dependents = new Map<Migration, Migration[]>(this.#order.map((migration) => [migration, []]))
    for (const migration of this.#order) {
      for (const needed of this.needs(migration)) dependents.get(needed)!.push(migration)
    }
    const start = keys.flatMap((key) => this.get(key) ?? [])
    const affected = reach(start, (migration) => dependents.get(migration)!)
    return this.#order.filter((migration) => affected.has(migration)).reverse()
  }
}

/** A key read back: labels of apps have no dots. */
function keyFrom(text: string): MigrationKey {
  const dot = text.indexOf('.')
  return { app: text.slice(0, dot), name: text.slice(dot + 1) }
}

function reach(start: readonly Migration[], next: (migration: Migration) => readonly Migration[]): Set<Migration> {
  const reached = new Set<Migration>()
  const open = [...start]
  for (let migration = open.pop(); migration !== undefined; migration = open.pop()) {
    if (reached.has(migration)) continue
    reached.add(migration)
    open.push(...next(migration))
  }
  return reached
}

/** Depth first, on a stack of its own: the chain of a project's migrations may be longer than the one of calls. */
function sorted(migrations: readonly Migration[], needs: ReadonlyMap<string, readonly Migration[]>): Migration[] {
  const done = new Set<Migration>()
  const open = new Set<Migration>()
  for (const start of migrations) {
    const stack: { readonly migration: Migration; readonly rest: Iterator<Migration> }[] = []
    const enter = (migration: Migration) => {
      if (done.has(migration)) return
      if (open.has(migration)) throw circle([...open, migration])
      open.add(migration)
      stack.push({ migration, rest: needs.get(keyOf(migration))!.values() })
    }
    enter(start)
    for (let last = stack.at(-1); last !== undefined; last = stack.at(-1)) {
      const step = last.rest.next()
      if (!step.done) {
        enter(step.value)
        continue
      }
      stack.pop()
      open.delete(last.migration)
      done.add(last.migration)
    }
  }
  return [...done]
}

function circle(trail: readonly Migration[]): MigrationError {
  const keys = trail.map(keyOf)
  const start = keys.indexOf(keys.at(-1)!)
  return new MigrationError(
    `Migrations need each other: ${keys.slice(start).join(' → ')}. Remove one of these from \`dependencies\` or \`runBefore\`; ` +
      'where two apps need each other, the first migration of one must do without the other.',
  )
}
