/** For whom a relation or a deferred column is fetched when it is read of one row and was not loaded. */
export type FetchMode = 'peers' | 'one' | 'raise'

/** For all rows of the same result, in one query: what happens unless told. */
export const FETCH_PEERS = 'peers'
/** For the row alone. */
export const FETCH_ONE = 'one'
/** Not at all: reading it throws `FieldFetchBlocked`. */
export const FETCH_RAISE = 'raise'
