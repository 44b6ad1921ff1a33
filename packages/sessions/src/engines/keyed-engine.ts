import { randomString } from '@nuages/core'
import { SessionNotSaved } from '../errors.ts'
import { decodeSession, encodeSession } from './session-coding.ts'
import type { SessionEngine, SessionEntries } from './session-engine.ts'

/** Where signed sessions lie, each under its key. A record that has expired is as good as none. */
export interface SessionRecords {
  read(key: string): Promise<string | undefined>
  /** `false` where the key is taken. */
  insert(key: string, data: string, expires: Temporal.Instant): Promise<boolean>
  /** `false` where there is none any more. Of an update and a removal at once, the removal wins. */
  update(key: string, data: string, expires: Temporal.Instant): Promise<boolean>
  remove(key: string): Promise<void>
  /** How many; `undefined` where they go by themselves. */
  removeExpired(): Promise<number | undefined>
}

/** One is as good as always enough: there are 36³² keys. */
const maxTries = 5

const keyCharacters = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** An engine whose cookie holds a random key, and which keeps the data on this side. */
export class KeyedEngine implements SessionEngine {
  readonly name: string
  readonly canDelete = true
  readonly #records: SessionRecords

  constructor(name: string, records: SessionRecords) {
    this.name = name
    this.#records = records
  }

  isKey(text: string): boolean {
    return /^[a-z0-9]{8,40}$/.test(text)
  }

  newKey(): string {
    return randomString(32, keyCharacters)
  }

  async load(key: string): Promise<Map<string, unknown> | undefined> {
    if (!this.isKey(key)) return undefined
    const data = await this.#records.read(key)
    return data === undefined ? undefined : decodeSession(data)
  }

  async create(key: string | undefined, entries: SessionEntries, expires: Temporal.Instant): Promise<string> {
    const data = encodeSession(entries)
    let free = key ?? this.newKey()
    for (let tries = 0; tries < maxTries; tries++) {
      if (await this.#records.insert(free, data, expires)) return free
      free = this.newKey()
    }
    throw new SessionNotSaved(`The engine '${this.name}' says of ${maxTries} random keys that each is taken.`, {
      hint: 'The store behind it is likely to be out of order: a cache with onFailure=miss answers like this when it is down.',
    })
  }

  async update(key: string, entries: SessionEntries, expires: Temporal.Instant): Promise<string | undefined> {
    return (await this.#records.update(key, encodeSession(entries), expires)) ? key : undefined
  }

  async delete(key: string): Promise<void> {
    if (this.isKey(key)) await this.#records.remove(key)
  }

  deleteExpired(): Promise<number | undefined> {
    return this.#records.removeExpired()
  }
}
