/** What a session holds, by key. */
export type SessionEntries = ReadonlyMap<string, unknown>

/**
 * Keeps sessions. The setting `sessions.engine` names one of the package's, or is one of the project's own. Django's session
 * backends.
 */
export interface SessionEngine {
  /** Its name for people. */
  readonly name: string
  /** Whether `delete` ends a session, whoever still has its key. What lies in the visitor's browser cannot be taken back. */
  readonly canDelete: boolean
  /** Whether a text from a cookie can be a key. */
  isKey(text: string): boolean
  /** A key that nobody can guess; `undefined` where keys are made of what the session holds. */
  newKey(): string | undefined
  /** What the session of a key holds; `undefined` where there is none, or it has expired. */
  load(key: string): Promise<Map<string, unknown> | undefined>
  /** Keeps a new session under `key`, or under another where that one is taken. Returns the key. */
  create(key: string | undefined, entries: SessionEntries, expires: Temporal.Instant): Promise<string>
  /**
   * Keeps what changed. Returns the key from now on; `undefined` where the session is gone, whoever deleted it and however
   * shortly before: it is never brought back.
   */
  update(key: string, entries: SessionEntries, expires: Temporal.Instant): Promise<string | undefined>
  delete(key: string): Promise<void>
  /** Deletes what has expired and returns how many; `undefined` where expired sessions go by themselves. */
  deleteExpired(): Promise<number | undefined>
}
