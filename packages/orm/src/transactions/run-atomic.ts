import type { AtomicOptions, TransactionOptions } from '../backends/database.ts'
import { TransactionManagementError } from '../backends/errors.ts'
import { AtomicBlock, blockOf, currentBlock, type TransactionSession } from './atomic-block.ts'
import { runCallbacks } from './commit-callbacks.ts'
import { withRetries } from './retry.ts'

export interface TransactionHost {
  readonly alias: string
  /** Waits for a connection and begins a transaction on it. */
  beginTransaction(options: TransactionOptions): Promise<TransactionSession>
}

/** `atomic` for any backend: a transaction, or a savepoint in the one that is open. */
export function runAtomic<T>(host: TransactionHost, block: () => Promise<T>, options: AtomicOptions): Promise<T> {
  const parent = blockOf(host)
  if (parent !== undefined) {
    assertMayBeInside(parent, options)
    return options.savepoint === false ? runJoined(parent, block) : runSavepoint(host, parent, block)
  }
  const run = () => runTransaction(host, block, () => host.beginTransaction(options), options)
  return options.retries ? withRetries(options.retries, run) : run()
}

/** What only a whole transaction can have cannot be asked for by a part of it. */
function assertMayBeInside({ alias, transaction }: AtomicBlock, options: AtomicOptions): void {
  const { durable, retries, isolationLevel, readOnly } = options
  const around = transaction.options
  const inside = (option: string, why: string) =>
    new TransactionManagementError(`atomic({ ${option} }) on '${alias}' is inside another atomic() block, ${why}`, {
      alias,
    })
  if (durable) throw inside('durable: true', 'so it could not commit when it returns. Move it out.')
  if (retries)
    throw inside(`retries: ${retries}`, 'of which a part cannot run again. Give the retries to the outermost block.')
  if (isolationLevel !== undefined && isolationLevel !== around.isolationLevel) {
    throw inside(
      `isolationLevel: '${isolationLevel}'`,
      'which has begun with another level. Give it to the outermost block.',
    )
  }
  if (readOnly && !around.readOnly) {
    throw inside('readOnly: true', 'which may write. Give it to the outermost block.')
  }
}

/** A transaction of its own for `block`, on the connection that `begin` prepares. */
export async function runTransaction<T>(
  host: TransactionHost,
  block: () => Promise<T>,
  begin: () => Promise<TransactionSession>,
  options: TransactionOptions = {},
): Promise<T> {
  const session = await begin()
  const root = new AtomicBlock(host, host.alias, { session, options, callbacks: [], undoings: [] })
  let result: T
  try {
    result = await runBlock(root, block)
    root.finish()
    if (root.rollsBack) await undo(root, session)
    else await session.control('COMMIT')
  } catch (error) {
    root.finish()
    await undo(root, session)
    throw error
  } finally {
    session.end()
  }
  if (!root.rollsBack) await runCallbacks(root)
  return result
}

async function undo(root: AtomicBlock, session: TransactionSession): Promise<void> {
  root.fate.undone = true
  await rollBack(session)
  await root.undone()
}

/** Where even this fails, the error that led here is the one to tell, and `end` gives the connection up. */
async function rollBack(session: TransactionSession): Promise<void> {
  try {
    if (session.inTransaction) await session.control('ROLLBACK')
  } catch {
    // See above.
  }
}

async function runSavepoint<T>(host: TransactionHost, parent: AtomicBlock, block: () => Promise<T>): Promise<T> {
  parent.assertUsable()
  await parent.takeTurn()
  try {
    parent.assertNotFinished()
    const { session } = parent.transaction
    // Siblings take turns, so that the depth is name enough, and a backend can keep the few texts prepared.
    const name = `s${parent.depth + 1}`
    await session.control(`SAVEPOINT ${name}`)
    const child = new AtomicBlock(host, host.alias, parent.transaction, parent)
    try {
      const result = await runBlock(child, block)
      child.finish()
      if (child.rollsBack) await undoSavepoint(child, name)
      else await session.control(`RELEASE SAVEPOINT ${name}`)
      return result
    } catch (error) {
      child.finish()
      await undoSavepoint(child, name)
      throw error
    }
  } finally {
    parent.turns.pass()
  }
}

async function undoSavepoint(child: AtomicBlock, name: string): Promise<void> {
  const { session } = child.transaction
  child.dropCallbacks()
  child.fate.undone = true
  if (session.inTransaction) {
    await session.control(`ROLLBACK TO SAVEPOINT ${name}`)
    await session.control(`RELEASE SAVEPOINT ${name}`)
  }
  await child.undone()
}

/** Without a savepoint there is nothing to go back to, so a failure spoils the block around it. */
async function runJoined<T>(parent: AtomicBlock, block: () => Promise<T>): Promise<T> {
  parent.assertUsable()
  try {
    return await block()
  } catch (error) {
    parent.spoil(error, 'block')
    throw error
  }
}

async function runBlock<T>(own: AtomicBlock, block: () => Promise<T>): Promise<T> {
  let result: T
  try {
    result = await currentBlock.run(own, block)
  } catch (error) {
    // What the block started and did not await must end before the rollback; that it failed too is no news.
    await own.close().catch(() => {})
    throw error
  }
  await own.close()
  own.assertUnbroken()
  return result
}
