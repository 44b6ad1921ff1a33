import { globSync, type Stats, statSync } from 'node:fs'
import { join, posix } from 'node:path'

export interface FoundFile {
  readonly file: string
  readonly modified: number
  readonly size: number
}

/** Looks for templates in directories, in order. */
export class TemplateFinder {
  readonly #directories: readonly string[]

  constructor(directories: readonly string[]) {
    this.#directories = directories
  }

  /** The first file called `name` that is not among `skip`. */
  find(name: string, skip: readonly (string | undefined)[] = []): FoundFile | undefined {
    for (const file of this.candidates(name)) {
      const found = skip.includes(file) ? undefined : findFile(file)
      if (found) return found
    }
    return undefined
  }

  /** Where `name` is looked for; nowhere when it would leave the directories. */
  candidates(name: string): string[] {
    if (!isInside(name)) return []
    return this.#directories.map((directory) => join(directory, name))
  }

  /** Every template there is. Only for messages: it walks the directories. */
  names(): string[] {
    const names = this.#directories.flatMap((cwd) => globSync('**/*.*', { cwd }))
    return [...new Set(names.map((name) => name.replaceAll('\\', '/')))]
  }
}

/** What there is of a file, if there is one. */
export function findFile(file: string): FoundFile | undefined {
  const stats: Stats | undefined = statSync(file, { throwIfNoEntry: false })
  return stats?.isFile() ? { file, modified: stats.mtimeMs, size: stats.size } : undefined
}

function isInside(name: string): boolean {
  const normal = posix.normalize(name.replaceAll('\\', '/'))
  return name !== '' && !name.includes('\0') && !/^(\.\.(\/|$)|\/|[a-zA-Z]:)/.test(normal)
}

/** `./x.html` and `../x.html` stand beside and above the template that names them. */
export function resolveName(name: string, from: string | undefined): string {
  if (from === undefined || !/^\.\.?\//.test(name)) return name
  return posix.join(posix.dirname(from), name)
}
