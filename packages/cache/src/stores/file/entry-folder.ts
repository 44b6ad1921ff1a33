import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf } from './code-of.ts'
import { type FileEntry, isLive, readEntry, writeEntry } from './entry-file.ts'

/** How the file of an entry ends. */
const ending = '.cache'
/** How one ends that is being written; a process that was killed leaves it behind. */
const temporary = '.tmp'
const leftAfter = 3_600_000

/** The folder of a file cache: files that are whole or not there, whoever reads meanwhile. */
export class EntryFolder {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  /** `undefined` where there is none, or what is there is no entry. */
  async read(name: string): Promise<FileEntry | undefined> {
    try {
      return readEntry(await readFile(this.#file(name), 'utf8'))
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined
      throw error
    }
  }

  /** Puts an entry in the place of the one before, if any. */
  async write(name: string, entry: FileEntry): Promise<void> {
    const path = join(this.path, `${name}.${randomUUID()}${temporary}`)
    try {
      await this.#write(path, writeEntry(entry))
      await rename(path, this.#file(name))
    } catch (error) {
      await unlink(path).catch(() => {})
      throw error
    }
  }

  /** Whether there was one. */
  async remove(name: string): Promise<boolean> {
    return removed(this.#file(name))
  }

  /** The names of all entries. */
  async names(): Promise<string[]> {
    return (await this.#files()).filter((file) => file.endsWith(ending)).map((file) => file.slice(0, -ending.length))
  }

  /** Whether the entry is over, or none. */
  async isOver(name: string): Promise<boolean> {
    const entry = await this.#head(name)
    return entry === undefined || !isLive(entry)
  }

  /** Removes what processes that were killed left half written. */
  async removeLeftovers(): Promise<void> {
    for (const file of (await this.#files()).filter((file) => file.endsWith(temporary))) {
      const path = join(this.path, file)
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }))
      if (Date.now() - mtimeMs > leftAfter) await removed(path)
    }
  }

  /** The first line is enough to know when an entry ends; the whole file is read where it is longer than usual. */
  async #head(name: string): Promise<FileEntry | undefined> {
    try {
      const file = await open(this.#file(name))
      try {
        const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(1024), position: 0 })
        return readEntry(buffer.toString('utf8', 0, bytesRead)) ?? (await this.read(name))
      } finally {
        await file.close()
      }
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined
      throw error
    }
  }

  async #files(): Promise<string[]> {
    try {
      return await readdir(this.path)
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return []
      throw error
    }
  }

  async #write(path: string, content: string): Promise<void> {
    try {
      await writeFile(path, content, { mode: 0o600, flag: 'wx' })
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error
      await this.make()
      await writeFile(path, content, { mode: 0o600, flag: 'wx' })
    }
  }

  /** Makes the folder: for this user alone, since it may hold what only one visitor may see. */
  async make(): Promise<void> {
    await mkdir(this.path, { recursive: true, mode: 0o700 })
  }

  #file(name: string): string {
    return join(this.path, name + ending)
  }
}

async function removed(path: string): Promise<boolean> {
  try {
    await unlink(path)
    return true
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false
    throw error
  }
}
