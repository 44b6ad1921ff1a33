import type { AtomicOptions, MaybePromise, OnCommitOptions } from '../backends/database.ts'
import { TransactionManagementError } from '../backends/errors.ts'
import { database } from '../backends/registry.ts'
import { refuseUnknownOptions } from '../refuse-unknown-options.ts'
import { type AtomicBlock, blockOf } from './atomic-block.ts'

/** `using` names the database by its alias; `default` when left out. */
export interface AtomicCallOptions extends AtomicOptions {
  readonly using?: string
}

const atomicOptions = ['using', 'durable', 'savepoint', 'isolationLevel', 'readOnly', 'retries']

/**
 * Runs `block` in a transaction: committed when it returns, rolled back when it throws. Inside another block it is a
 * savepoint. What runs elsewhere meanwhile is not part of it. Throws `OperationalError` when the database stays locked, and
 * `TransactionManagementError` where an error was caught that the block cannot go on from. Django's `transaction.atomic`.
 */
export function atomic<T>(block: () => Promise<T>, options: AtomicCallOptions = {}): Promise<T> {
  refuseUnknownOptions('atomic()', options, atomicOptions)
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

/**
 * Rolls the innermost `atomic` block back when it returns, as an error would, while `atomic` gives what the block returned:
 * for a trial run. `false` takes that back. Throws `TransactionManagementError` outside `atomic`. Django's
 * `transaction.set_rollback`.
 */
export function setRollback(rollback: boolean, options: { readonly using?: string } = {}): void {
  const block = innermostBlock('setRollback', options.using)
  block.assertUsable()
  block.rollsBack = rollback
}

/**
 * Whether the innermost `atomic` block will be rolled back: after `setRollback(true)`, or an error that spoilt it. Throws
 * `TransactionManagementError` outside `atomic`. Django's `transaction.get_rollback`.
 */
export function getRollback(options: { readonly using?: string } = {}): boolean {
  const block = innermostBlock('getRollback', options.using)
  return block.rollsBack || block.isSpoilt
}

function innermostBlock(caller: string, using: string | undefined): AtomicBlock {
  const own = database(using)
  const block = blockOf(own)
  if (block !== undefined) return block
  throw new TransactionManagementError(
    `${caller}() on '${own.alias}' was called outside atomic(). Call it inside the block it is about.`,
    {
      alias: own.alias,
    },
  )
}
