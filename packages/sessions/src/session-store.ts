import { randomString } from '@nuages/core'
import { SessionInterrupted } from './errors.ts'
import { decodeSession, encodeSession } from './session-coding.ts'
import type { DeclaredKey, OtherKey, SessionData } from './session-data.ts'
import { type Expiry, endsWithBrowser, expiryAge, expiryKey, storedExpiry } from './session-expiry.ts'
import { deleteSession, insertSession, readSession, updateSession } from './session-rows.ts'
import { checkStorable } from './stored-values.ts'

const keyCharacters = 'abcdefghijklmnopqrstuvwxyz0123456789'

/**
 * What a site remembers of one visitor: `request.session`. It is read from the database when it is first asked for
 * something, and saved after the view where it changed. Without a key it is a new session; `save()` then gives it one.
 * Django's `SessionStore`.
 */
export class SessionStore {
  readonly #givenKey: () => string | undefined
  #key: string | undefined
  #entries: Map<string, unknown> | undefined
  #loading: Promise<Map<string, unknown>> | undefined
  /** Whether the database has a row of `#key`. */
  #isStored = false
  /** What the entries were as JSON when they were last read or saved: tells what was changed inside them. */
  #savedJson = '{}'
  #isMarked = false
  #isAccessed = false
  /** Keys that another one took the place of. Their rows go once that is saved. */
  readonly #replacedKeys: string[] = []

  /** `key` may be a function, called when it is first needed. A key that cannot be one of ours is passed over. */
  constructor(key?: string | (() => string | undefined)) {
    this.#givenKey = typeof key === 'function' ? key : () => key
  }

  /** Whether anybody asked for something: then the response depends on the cookie. */
  get accessed(): boolean {
    return this.#isAccessed
  }

  /** Whether what it holds is known. */
  get loaded(): boolean {
    return this.#entries !== undefined
  }

  /** Whether there is something to save; what was changed inside of a value counts. */
  get modified(): boolean {
    if (this.#entries === undefined) return false
    return this.#isMarked || jsonOf(this.#entries) !== this.#savedJson
  }

  /** The key, as the cookie holds it; `undefined` for a session that is new. Before the first read it may be one that has expired. */
  get sessionKey(): string | undefined {
    this.#isAccessed = true
    return this.#entries === undefined ? validKey(this.#givenKey()) : this.#key
  }

  /** The value of a key; `undefined` where there is none. */
  get<K extends DeclaredKey>(key: K): Promise<SessionData[K] | undefined>
  get<K extends string>(key: OtherKey<K>): Promise<unknown>
  async get(key: string): Promise<unknown> {
    return (await this.#load()).get(key)
  }

  /** Keeps a value that JSON can hold. Throws `SessionValueError` for any other. */
  set<K extends DeclaredKey>(key: K, value: SessionData[K]): Promise<void>
  set<K extends string>(key: OtherKey<K>, value: unknown): Promise<void>
  async set(key: string, value: unknown): Promise<void> {
    checkStorable(key, value)
    const entries = await this.#load()
    entries.set(key, value)
    this.#isMarked = true
  }

  async has(key: string): Promise<boolean> {
    return (await this.#load()).has(key)
  }

  /** Takes a key out; whether it was there. */
  async delete(key: string): Promise<boolean> {
    const deleted = (await this.#load()).delete(key)
    if (deleted) this.#isMarked = true
    return deleted
  }

  /** Takes a key out and returns its value; `undefined` where there is none. */
  pop<K extends DeclaredKey>(key: K): Promise<SessionData[K] | undefined>
  pop<K extends string>(key: OtherKey<K>): Promise<unknown>
  async pop(key: string): Promise<unknown> {
    const value = (await this.#load()).get(key)
    await this.delete(key)
    return value
  }

  async keys(): Promise<string[]> {
    return [...(await this.#load()).keys()]
  }

  /** Takes everything out, and keeps the key. */
  async clear(): Promise<void> {
    ;(await this.#load()).clear()
    this.#isMarked = true
  }

  /** Ends the session: its data and its row are gone at once, and the cookie with the response. For logging out. */
  async flush(): Promise<void> {
    const entries = await this.#load()
    entries.clear()
    const keys = [...this.#replacedKeys.splice(0), ...(this.#isStored ? [this.#key!] : [])]
    this.#key = undefined
    this.#isStored = false
    this.#isMarked = true
    for (const key of keys) await deleteSession(key)
  }

  /**
   * Gives the session another key and keeps its data. For logging in: whoever knew the key before, or planted it, has
   * nothing of it.
   */
  async cycleKey(): Promise<void> {
    await this.#load()
    if (this.#isStored) this.#replacedKeys.push(this.#key!)
    this.#key = newKey()
    this.#isStored = false
    this.#isMarked = true
  }

  /** Whether nothing was ever kept. */
  async isEmpty(): Promise<boolean> {
    const entries = await this.#load()
    // A key that another was to take the place of has its row yet: saving takes it away.
    return entries.size === 0 && !this.#isStored && this.#replacedKeys.length === 0
  }

  /**
   * Lets this session end otherwise than the settings say: after so many seconds without a change, with the browser (0),
   * after a duration from now, or at a moment. `null` goes back to the settings.
   */
  async setExpiry(expiry: Expiry): Promise<void> {
    if (expiry === null) await this.delete(expiryKey)
    else await this.set(expiryKey, storedExpiry(expiry))
  }

  /** The seconds until the session ends, if it is saved now. */
  async getExpiryAge(): Promise<number> {
    return expiryAge((await this.#load()).get(expiryKey))
  }

  async getExpireAtBrowserClose(): Promise<boolean> {
    return endsWithBrowser((await this.#load()).get(expiryKey))
  }

  /**
   * Writes the session to the database; the middleware does it after the view. Throws `SessionInterrupted` where the
   * session was deleted since it was read.
   */
  async save(): Promise<void> {
    const entries = await this.#load()
    const json = jsonOf(entries)
    const data = encodeSession(entries)
    const expires = Temporal.Now.instant().add({ seconds: expiryAge(entries.get(expiryKey)) })
    if (this.#isStored) {
      if (!(await updateSession(this.#key!, data, expires))) throw deletedMeanwhile()
    } else {
      this.#key ??= newKey()
      while (!(await insertSession(this.#key, data, expires))) this.#key = newKey()
      this.#isStored = true
    }
    this.#savedJson = json
    this.#isMarked = false
    for (const key of this.#replacedKeys.splice(0)) await deleteSession(key)
  }

  #load(): Promise<Map<string, unknown>> {
    this.#isAccessed = true
    this.#loading ??= this.#read().catch((error: unknown) => {
      // The next one who asks tries again.
      this.#loading = undefined
      throw error
    })
    return this.#loading
  }

  async #read(): Promise<Map<string, unknown>> {
    const key = validKey(this.#givenKey())
    const data = key === undefined ? undefined : await readSession(key)
    const entries = data === undefined ? new Map<string, unknown>() : decodeSession(data)
    // A key that is not ours is never taken over: an attacker might have planted it.
    this.#key = data === undefined ? undefined : key
    this.#isStored = data !== undefined
    this.#savedJson = jsonOf(entries)
    this.#entries = entries
    return entries
  }
}

function validKey(key: string | undefined): string | undefined {
  return key !== undefined && /^[a-z0-9]{8,40}$/.test(key) ? key : undefined
}

function newKey(): string {
  return randomString(32, keyCharacters)
}

function jsonOf(entries: ReadonlyMap<string, unknown>): string {
  return JSON.stringify([...entries])
}

function deletedMeanwhile(): SessionInterrupted {
  return new SessionInterrupted(
    'The session was deleted before the request ended; the visitor may have logged out in another tab.',
  )
}
