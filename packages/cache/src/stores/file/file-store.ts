import { hash } from 'node:crypto'
import { join } from 'node:path'
import { CacheUnavailable } from '../../errors.ts'
import type { CacheStore, StoredChange } from '../cache-store.ts'
import { Culling, type CullingOptions } from '../culling.ts'
import { codeOf } from './code-of.ts'
import { type FileEntry, isLive } from './entry-file.ts'
import { EntryFolder } from './entry-folder.ts'
import { underFileLock } from './file-lock.ts'

/** How many files are opened at once. */
const atOnce = 16

/**
 * Entries as files, which the processes of one machine share. The names of the files say nothing of the keys; a file is
 * written beside and renamed, so that readers see the old or the new entry; what writes takes turns, entry by entry.
 * Django's `FileBasedCache`, without pickle.
 */
export class FileStore implements CacheStore {
  readonly isShared = true
  readonly #folder: EntryFolder
  readonly #culling: Culling

  constructor(path: string, culling: CullingOptions) {
    this.#folder = new EntryFolder(path)
    this.#culling = new Culling(culling)
  }

  get(key: string): Promise<string | undefined> {
    return this.#telling(async () => (await this.#live(key))?.text)
  }

  async getMany(keys: readonly string[]): Promise<Map<string, string>> {
    const found = new Map<string, string>()
    await eachOf(keys, async (key) => {
      const text = await this.get(key)
      if (text !== undefined) found.set(key, text)
    })
    return found
  }

  set(key: string, text: string, lifetime: number | null): Promise<void> {
    return this.update(key, () => ({ text, lifetime }))
  }

  async setMany(entries: ReadonlyMap<string, string>, lifetime: number | null): Promise<void> {
    await eachOf([...entries], ([key, text]) => this.set(key, text, lifetime))
  }

  async add(key: string, text: string, lifetime: number | null): Promise<boolean> {
    let added = false
    await this.#change(key, (before) => {
      added = before === undefined
      return added ? { text, lifetime } : undefined
    })
    return added
  }

  update(key: string, change: (text: string | undefined) => StoredChange): Promise<void> {
    return this.#change(key, (before) => change(before?.text))
  }

  async touch(key: string, lifetime: number | null): Promise<boolean> {
    let touched = false
    await this.#change(key, (before) => {
      touched = before !== undefined
      return before === undefined ? undefined : { text: before.text, lifetime }
    })
    return touched
  }

  has(key: string): Promise<boolean> {
    return this.#telling(async () => (await this.#live(key)) !== undefined)
  }

  async delete(keys: readonly string[]): Promise<number> {
    let deleted = 0
    await eachOf(keys, (key) =>
      this.#change(key, (before) => {
        if (before !== undefined) deleted += 1
        return { text: undefined, lifetime: null }
      }),
    )
    return deleted
  }

  clear(): Promise<void> {
    return this.#telling(async () => {
      await eachOf(await this.#folder.names(), (name) => this.#folder.remove(name))
      await this.#folder.removeLeftovers()
    })
  }

  remaining(keys: readonly string[]): Promise<(number | null | undefined)[]> {
    return this.#telling(async () => {
      const left = new Map<string, number | null | undefined>()
      await eachOf(keys, async (key) => {
        const entry = await this.#live(key)
        left.set(key, entry === undefined || entry.expires === null ? entry?.expires : entry.expires - Date.now())
      })
      return keys.map((key) => left.get(key))
    })
  }

  async close(): Promise<void> {}

  async #live(key: string): Promise<FileEntry | undefined> {
    const entry = await this.#folder.read(nameOf(key))
    return entry !== undefined && entry.key === key && isLive(entry) ? entry : undefined
  }

  /** Does what `change` says to the entry while nobody else writes it; `undefined` leaves it as it is. */
  #change(key: string, change: (before: FileEntry | undefined) => StoredChange | undefined): Promise<void> {
    return this.#telling(async () => {
      const name = nameOf(key)
      await this.#folder.make()
      await underFileLock(join(this.#folder.path, `${name}.lock`), async () => {
        const before = await this.#live(key)
        const after = change(before)
        if (after === undefined) return
        const { text, lifetime } = after
        if (text === undefined) await this.#folder.remove(name)
        else await this.#folder.write(name, { key, text, expires: endOf(lifetime, before) })
      })
      if (this.#culling.isDue()) await this.#cull()
    })
  }

  /** What is over goes first, then what chance picks: a file does not tell when it was last read. */
  async #cull(): Promise<void> {
    await this.#folder.removeLeftovers()
    const names = await this.#folder.names()
    if (names.length <= this.#culling.maxEntries) return
    const live: string[] = []
    await eachOf(names, async (name) => {
      if (await this.#folder.isOver(name)) await this.#folder.remove(name)
      else live.push(name)
    })
    const ratio = this.#culling.excess(live.length) / live.length
    await eachOf(
      live.filter(() => Math.random() < ratio),
      (name) => this.#folder.remove(name),
    )
  }

  /** What the system says, as what it means for the cache. */
  async #telling<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (codeOf(error) === undefined || error instanceof CacheUnavailable || (error as Error).name !== 'Error')
        throw error
      throw new CacheUnavailable(`The folder of a file cache cannot be used: ${(error as Error).message}.`, {
        cause: error,
        hint: `May this process read and write '${this.#folder.path}', and is there room?`,
      })
    }
  }
}

function nameOf(key: string): string {
  return hash('sha256', key, 'hex')
}

function endOf(lifetime: StoredChange['lifetime'], before: FileEntry | undefined): number | null {
  if (lifetime === 'keep') return before?.expires ?? null
  return lifetime === null ? null : Date.now() + lifetime
}

async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < items.length; at += atOnce) await Promise.all(items.slice(at, at + atOnce).map(work))
}
