import { closeDatabases } from '@nuages/orm'

const closers = new Set<() => Promise<void>>()

/**
 * Has `close` called once when the project ends: `manage serve` when it stops, `resetSetup()` in tests. For connections that
 * were opened; the databases are closed after them, since who closes may still ask them something.
 */
export function onShutdown(close: () => Promise<void>): void {
  closers.add(close)
}

/** Closes what was opened for the project, the databases last. Throws what one of them did, when all had their turn. */
export async function shutdown(): Promise<void> {
  const closing = [...closers]
  closers.clear()
  const closed = await Promise.allSettled(closing.map((close) => close()))
  await closeDatabases()
  const failed = closed.find(({ status }) => status === 'rejected')
  if (failed) throw (failed as PromiseRejectedResult).reason
}
