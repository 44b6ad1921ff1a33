/** Where a migration file finds what it uses; other names serve packages that do not depend on `nuages`. */
export interface ImportPaths {
  readonly orm: string
  readonly migrations: string
}

export const defaultImports: ImportPaths = { orm: 'nuages/orm', migrations: 'nuages/orm/migrations' }

/** Collects the names that a file uses. */
export class Imports {
  readonly #paths: ImportPaths
  readonly #orm = new Set<string>()
  readonly #migrations = new Set<string>()
  /** By file, the name of its default export. */
  readonly #files = new Map<string, string>()

  constructor(paths: ImportPaths) {
    this.#paths = paths
  }

  orm(name: string): string {
    this.#orm.add(name)
    return name
  }

  migrations(name: string): string {
    this.#migrations.add(name)
    return name
  }

  /** The default export of a file beside this one. */
  file(name: string, path: string): string {
    this.#files.set(path, name)
    return name
  }

  toString(): string {
    const files = [...this.#files].sort(([one], [other]) => (one < other ? -1 : 1))
    return [
      line(this.#orm, this.#paths.orm),
      line(this.#migrations, this.#paths.migrations),
      ...files.map(([path, name]) => `import ${name} from '${path}'\n`),
    ].join('')
  }
}

function line(names: ReadonlySet<string>, from: string): string {
  if (names.size === 0) return ''
  const sorted = [...names].sort((one, other) => (alphabetical(one) < alphabetical(other) ? -1 : 1))
  const short = `import { ${sorted.join(', ')} } from '${from}'\n`
  if (short.length <= 121) return short
  return `import {\n${sorted.map((name) => `  ${name},\n`).join('')}} from '${from}'\n`
}

/** The order in which the formatter keeps names: A before a, a before B. */
function alphabetical(name: string): string {
  return name.replace(/[a-z]/gi, (letter) => letter.toLowerCase() + (letter < 'a' ? '0' : '1'))
}
