import { randomBytes } from 'node:crypto'
import { mkdir, opendir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SuspiciousFileOperation } from '@nuages/http'
import type { SessionRecords } from './keyed-engine.ts'

/** What a removed session is renamed to, on its way out. */
const trash = '.trash-'

/** Milliseconds after which a folder without data was left behind by a process that died. */
const abandonedAfter = 3_600_000

/**
 * Sessions as files that only this user can read. Each has a folder, named by its key, and that is what makes it safe among
 * processes: making a folder fails where there is one, what is written into one appears at once by a rename, and a session
 * that is removed is renamed first, so that whoever still writes to it finds no folder.
 */
export class FileRecords implements SessionRecords {
  readonly #root: string

  constructor(root: string) {
    this.#root = root
  }

  async read(key: string): Promise<string | undefined> {
    const text = await orMissing(readFile(join(this.#folder(key), 'data'), 'utf8'))
    if (text === undefined) return undefined
    const line = text.indexOf('\n')
    return Number(text.slice(0, line)) > Date.now() ? text.slice(line + 1) : undefined
  }

  async insert(key: string, data: string, expires: Temporal.Instant): Promise<boolean> {
    await mkdir(this.#root, { recursive: true, mode: 0o700 })
    try {
      await mkdir(this.#folder(key), { mode: 0o700 })
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false
      throw error
    }
    await this.update(key, data, expires)
    return true
  }

  async update(key: string, data: string, expires: Temporal.Instant): Promise<boolean> {
    const folder = this.#folder(key)
    const written = join(folder, `.${randomName()}`)
    const text = `${expires.epochMilliseconds}\n${data}`
    const isThere = await orMissing(writeFile(written, text, { flag: 'wx', mode: 0o600 }).then(() => true))
    return (isThere && (await orMissing(rename(written, join(folder, 'data')).then(() => true)))) === true
  }

  async remove(key: string): Promise<void> {
    const gone = join(this.#root, trash + randomName())
    const isMoved = await orMissing(rename(this.#folder(key), gone).then(() => true))
    if (isMoved) await rm(gone, { recursive: true, force: true })
  }

  async removeExpired(): Promise<number> {
    let removed = 0
    for await (const { name } of (await orMissing(opendir(this.#root))) ?? []) {
      if (name.startsWith(trash)) await rm(join(this.#root, name), { recursive: true, force: true })
      else if (isKey(name) && (await this.#isOver(name))) {
        await this.remove(name)
        removed += 1
      }
    }
    return removed
  }

  async #isOver(key: string): Promise<boolean> {
    if ((await this.read(key)) !== undefined) return false
    const folder = this.#folder(key)
    if ((await orMissing(stat(join(folder, 'data')))) !== undefined) return true
    const made = await orMissing(stat(folder))
    return made !== undefined && Date.now() - made.mtimeMs > abandonedAfter
  }

  /** A key that could lead elsewhere never comes this far; should it, it leads nowhere. */
  #folder(key: string): string {
    if (isKey(key)) return join(this.#root, key)
    throw new SuspiciousFileOperation(`'${key.slice(0, 100)}' is no key of a session.`)
  }
}

function isKey(name: string): boolean {
  return /^[a-z0-9]{8,40}$/.test(name)
}

function randomName(): string {
  return randomBytes(12).toString('hex')
}

/** `undefined` where there is no such file or folder, or no longer. */
async function orMissing<T>(step: Promise<T>): Promise<T | undefined> {
  try {
    return await step
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
