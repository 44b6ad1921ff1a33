import type { AtomicOptions, MaybePromise, OnCommitOptions } from '../backends/database.ts'
import { database } from '../backends/registry.ts'

/** `using` names the database by its alias; `default` when left out. */
export interface AtomicCallOptions extends AtomicOptions {
  readonly using?: string
}

/**
 * Runs `block` in a transaction: committed when it returns, rolled back when it throws. Inside another block it is a
 * savepoint. What runs elsewhere meanwhile is not part of it. Throws `OperationalError` when the database stays locked.
 * Django's `transaction.atomic`.
 */
export function atomic<T>(block: () => Promise<T>, options: AtomicCallOptions = {}): Promise<T> {
  return database(options.using).atomic(block, options)
}

/**
 * Runs `callback` once the outermost `atomic` block has committed, and never if it rolls back; at once when none is open.
 * Callbacks run in the order they were given, each awaited, before `atomic` returns. With `robust` one that fails is told as a
 * warning of the process and stops nothing; without it `atomic` throws its error, although what it did is committed. Django's
 * `transaction.on_commit`.
 */
export function onCommit(
  callback: () => void | Promise<void>,
  options: OnCommitOptions & { readonly using?: string } = {},
): MaybePromise<void> {
  return database(options.using).onCommit(callback, options)
}
