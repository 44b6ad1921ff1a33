import { sessionEngine } from './engines/active-engine.ts'
import type { SessionEngine } from './engines/session-engine.ts'
import { SessionInterrupted } from './errors.ts'
import type { DeclaredKey, OtherKey, SessionData } from './session-data.ts'
import { type Expiry, endsWithBrowser, expiryAge, expiryDate, expiryKey, storedExpiry } from './session-expiry.ts'
import { checkStorable } from './stored-values.ts'

/**
 * What a site remembers of one visitor: `request.session`. It is read when it is first asked for something, and saved after
 * the view where it changed. Without a key it is a new session; `save()` then gives it one. Django's `SessionStore`.
 */
export class SessionStore {
  readonly #givenKey: () => string | undefined
  readonly #givenEngine: SessionEngine | undefined
  #key: string | undefined
  #entries: Map<string, unknown> | undefined
  #loading: Promise<Map<string, unknown>> | undefined
  /** Whether the engine has a session of `#key`. */
  #isStored = false
  /** What the entries were as JSON when they were last read or saved: tells what was changed inside them. */
  #savedJson = '{}'
  #isMarked = false
  #isAccessed = false
  /** Keys that another one took the place of. Their sessions go once that is saved. */
  readonly #replacedKeys: string[] = []

  /**
   * `key` may be a function, called when it is first needed. A key that cannot be one of ours is passed over. `engine` is the
   * project's when left out.
   */
  constructor(key?: string | (() => string | undefined), engine?: SessionEngine) {
    this.#givenKey = typeof key === 'function' ? key : () => key
    this.#givenEngine = engine
  }

  get #engine(): SessionEngine {
    return this.#givenEngine ?? sessionEngine()
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
    return this.#entries === undefined ? this.#cookieKey() : this.#key
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

  /** Ends the session: what it holds is gone at once, and the cookie with the response. For logging out. */
  async flush(): Promise<void> {
    const entries = await this.#load()
    entries.clear()
    const keys = [...this.#replacedKeys.splice(0), ...(this.#isStored ? [this.#key!] : [])]
    this.#key = undefined
    this.#isStored = false
    this.#isMarked = true
    for (const key of keys) await this.#engine.delete(key)
  }

  /**
   * Gives the session another key and keeps its data. For logging in: whoever knew the key before, or planted it, has
   * nothing of it.
   */
  async cycleKey(): Promise<void> {
    await this.#load()
    if (this.#isStored) this.#replacedKeys.push(this.#key!)
    this.#key = this.#engine.newKey()
    this.#isStored = false
    this.#isMarked = true
  }

  /** Whether nothing was ever kept. */
  async isEmpty(): Promise<boolean> {
    const entries = await this.#load()
    // A key that another was to take the place of has its session yet: saving takes it away.
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

  /** When the session ends, if it is saved now. */
  async getExpiryDate(): Promise<Temporal.Instant> {
    return expiryDate((await this.#load()).get(expiryKey))
  }

  async getExpireAtBrowserClose(): Promise<boolean> {
    return endsWithBrowser((await this.#load()).get(expiryKey))
  }

  /**
   * Keeps the session; the middleware does it after the view. Throws `SessionInterrupted` where the session was deleted since
   * it was read, and `SessionTooBig` where it does not fit into the cookie that is to keep it.
   */
  async save(): Promise<void> {
    const entries = await this.#load()
    const json = jsonOf(entries)
    const expires = expiryDate(entries.get(expiryKey))
    const key = this.#isStored
      ? await this.#engine.update(this.#key!, entries, expires)
      : await this.#engine.create(this.#key, entries, expires)
    if (key === undefined) throw deletedMeanwhile()
    this.#key = key
    this.#isStored = true
    this.#savedJson = json
    this.#isMarked = false
    for (const replaced of this.#replacedKeys.splice(0)) await this.#engine.delete(replaced)
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
    const key = this.#cookieKey()
    const found = key === undefined ? undefined : await this.#engine.load(key)
    const entries = found ?? new Map<string, unknown>()
    // A key that is not ours is never taken over: an attacker might have planted it.
    this.#key = found === undefined ? undefined : key
    this.#isStored = found !== undefined
    this.#savedJson = jsonOf(entries)
    this.#entries = entries
    return entries
  }

  #cookieKey(): string | undefined {
    const key = this.#givenKey()
    return key !== undefined && this.#engine.isKey(key) ? key : undefined
  }
}

function jsonOf(entries: ReadonlyMap<string, unknown>): string {
  return JSON.stringify([...entries])
}

function deletedMeanwhile(): SessionInterrupted {
  return new SessionInterrupted(
    'The session was deleted before the request ended; the visitor may have logged out in another tab.',
  )
}
