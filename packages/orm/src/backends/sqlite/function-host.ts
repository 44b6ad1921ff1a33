export type SqlFunction = (...args: never[]) => unknown

export interface SqlAggregate {
  readonly start: () => unknown
  readonly step: (total: never, ...args: never[]) => unknown
  /** Takes a row out again, as a window does whose frame moves on. */
  readonly inverse?: (total: never, ...args: never[]) => unknown
  readonly result: (total: never) => unknown
}

/** The part of a better-sqlite3 connection that takes functions. */
export interface FunctionHost {
  function(name: string, options: { deterministic: boolean }, implementation: SqlFunction): unknown
  aggregate(name: string, options: never): unknown
}

export function registerAggregate(host: FunctionHost, name: string, options: SqlAggregate): void {
  host.aggregate(name, { deterministic: true, ...options } as never)
}
