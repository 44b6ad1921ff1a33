import { inspect } from 'node:util'
import type { MaybePromise, OnCommitOptions } from '../backends/database.ts'
import { type AtomicBlock, blockOf } from './atomic-block.ts'

export type CommitCallback = () => void | Promise<void>

/** `onCommit` for any backend. */
export function registerOnCommit(
  database: object,
  callback: CommitCallback,
  { robust = false }: OnCommitOptions = {},
): MaybePromise<void> {
  const wanted = robust ? () => callRobustly(callback) : callback
  const block = blockOf(database)
  if (block === undefined) return wanted()
  block.assertUsable()
  block.transaction.callbacks.push({ block, callback: wanted })
}

/** What was committed stays so, and the callbacks after this one are called, whatever it does. */
async function callRobustly(callback: CommitCallback): Promise<void> {
  try {
    await callback()
  } catch (error) {
    process.emitWarning(`A callback of onCommit({ robust: true }) failed: ${inspect(error)}`, {
      type: 'OnCommitWarning',
    })
  }
}

export async function runCallbacks(root: AtomicBlock): Promise<void> {
  for (const { callback } of root.transaction.callbacks) await callback()
}
