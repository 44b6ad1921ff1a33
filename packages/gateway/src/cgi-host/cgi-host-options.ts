import type { Application } from '../contract.ts'

/** How programs are run. Times are in milliseconds. */
export interface CgiHostOptions {
  /** The folder of the programs, absolute. Whatever is executable in it may be run by everybody. */
  readonly directory: string
  /** What `PATH_TRANSLATED` and `DOCUMENT_ROOT` name; left out, they are not told. */
  readonly documentRoot?: string
  /** How long a program may keep silent, while it is neither sent its input nor waited for to be read; then it is ended. Default 60 s. */
  readonly timeoutMs?: number
  /** How long a program that is asked to end may take; then it is killed. Default 2 s. */
  readonly killAfterMs?: number
  /** The most programs that run at once; more is answered 503. Default 32. */
  readonly maxProcesses?: number
  /** What programs find in their environment besides what CGI says and the `PATH`. */
  readonly environment?: Readonly<Record<string, string>>
  /** What answers a local redirect, mostly the application that the host is a part of. Without it the client is sent there. */
  readonly redirect?: Application
}

export type CompleteCgiHostOptions = Required<Omit<CgiHostOptions, 'documentRoot' | 'redirect'>> &
  Pick<CgiHostOptions, 'documentRoot' | 'redirect'>

export function completeCgiHostOptions(options: CgiHostOptions): CompleteCgiHostOptions {
  return { timeoutMs: 60_000, killAfterMs: 2_000, maxProcesses: 32, environment: {}, ...options }
}
