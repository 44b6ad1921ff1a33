declare module '@nuages/sessions' {
  interface SessionData {
    /** The key of the user who is logged in, as text. */
    _auth_user_id: string
    /** The backend by which they logged in. */
    _auth_user_backend: string
    /** What `getSessionAuthHash()` gave then: it no longer fits once the password has changed. */
    _auth_user_hash: string
    /** When they logged in, in seconds since 1970. Django has nothing of the kind. */
    _auth_login_time: number
  }
}

/** The keys of a session that say who is logged in: Django's `SESSION_KEY`, `BACKEND_SESSION_KEY`, `HASH_SESSION_KEY`. */
export const userKey = '_auth_user_id'
export const backendKey = '_auth_user_backend'
export const hashKey = '_auth_user_hash'

/** Where a session has when it was logged in. */
export const loginTimeKey = '_auth_login_time'
