import type { Environ } from '../contract.ts'

/** How a server treats its clients. Sizes are in bytes, times in milliseconds. */
export interface ServerOptions {
  /** Request line and headers together; more is answered 431. Default 16 KiB. */
  readonly maxHeaderBytes?: number
  /** A declared body that is larger is answered 413; one without a length fails while it is read. Default 100 MiB. */
  readonly maxBodyBytes?: number
  /** How long a client may take to send its headers; then 408. Default 30 s. */
  readonly headersTimeoutMs?: number
  /** How long it may take to send the whole request; then 408. Default 5 min. */
  readonly requestTimeoutMs?: number
  /** How long a connection may idle between requests. Default 75 s: longer than a proxy in front keeps it. */
  readonly keepAliveTimeoutMs?: number
  /** How long a client may leave a response untouched before the connection is cut. Default 60 s. */
  readonly sendTimeoutMs?: number
  /** How long a client that closed its sending side is still answered. Default 2 s; then it counts as gone. */
  readonly halfCloseTimeoutMs?: number
  /** `gateway.errors`. Default: standard error. */
  readonly errors?: Environ['gateway.errors']
  /** `gateway.multiprocess`. Default false. */
  readonly multiprocess?: boolean
}

const defaults: Required<ServerOptions> = {
  maxHeaderBytes: 16 * 1024,
  maxBodyBytes: 100 * 1024 * 1024,
  headersTimeoutMs: 30_000,
  requestTimeoutMs: 300_000,
  keepAliveTimeoutMs: 75_000,
  sendTimeoutMs: 60_000,
  halfCloseTimeoutMs: 2_000,
  errors: process.stderr,
  multiprocess: false,
}

export function completeOptions(options: ServerOptions): Required<ServerOptions> {
  return { ...defaults, ...options }
}
