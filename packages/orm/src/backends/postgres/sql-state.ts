/** The error of the driver, as far as it tells: fields of the server's answer, or a code of the socket. */
export interface DriverError extends Error {
  readonly code?: string
  readonly detail?: string
  readonly hint?: string
  readonly schema?: string
  readonly table?: string
  readonly column?: string
  readonly constraint?: string
  readonly routine?: string
}

/** The five characters in which PostgreSQL says what went wrong; the first two are its class. */
export function sqlStateOf(error: unknown): string | undefined {
  const code = (error as DriverError | null)?.code
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && 'severity' in (error as object) ? code : undefined
}

/** The server ended the connection: shut down, killed by an administrator, idle for too long. */
const endings: ReadonlySet<string> = new Set(['57P01', '57P02', '57P03', '57P05', '25P03', '25P04'])

/** Whether the connection is gone: the server said so, or the socket did. */
export function isConnectionLoss(error: unknown): boolean {
  const state = sqlStateOf(error)
  if (state !== undefined) return state.startsWith('08') || endings.has(state)
  const { code, message = '' } = error as DriverError
  return (
    /^(ECONN|EPIPE|ETIMEDOUT|ENOTCONN|EHOST|ENET)/.test(code ?? '') ||
    /^Connection (terminated|closed)|not queryable/i.test(message)
  )
}

/** A prepared statement whose columns have another type since a table changed. */
export function isStalePlan(error: unknown): boolean {
  return sqlStateOf(error) === '0A000' && (error as DriverError).routine === 'RevalidateCachedQuery'
}

/** Whether the transaction may succeed when run again: it met another, and was chosen to give way. */
export function mayRetry(state: string | undefined): boolean {
  return state === '40001' || state === '40P01'
}
