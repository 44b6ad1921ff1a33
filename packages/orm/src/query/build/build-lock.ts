import { QueryError } from '../../errors.ts'
import { refuseUnknownOptions } from '../../refuse-unknown-options.ts'
import type { Query } from '../query.ts'
import { refuseCompound } from './query-state.ts'

export interface LockOptions<P extends string = string> {
  /** An error at once, in place of waiting for rows that others have locked. */
  readonly nowait?: boolean
  /** Without the rows that others have locked. */
  readonly skipLocked?: boolean
  /** Only the rows of these relations of `selectRelated`; `'self'` is the model's own. */
  readonly of?: readonly P[]
  /** Others may still insert rows that point to the locked ones. */
  readonly noKey?: boolean
}

/** Locks the rows until the transaction ends. Django's `select_for_update`. */
export function withLock(query: Query, options: LockOptions): Query {
  refuseCompound(query, 'selectForUpdate')
  refuseUnknownOptions('selectForUpdate()', options, ['nowait', 'skipLocked', 'of', 'noKey'])
  const { nowait = false, skipLocked = false, of = [], noKey = false } = options
  if (nowait && skipLocked) throw new QueryError('selectForUpdate() takes nowait or skipLocked, not both.')
  const locked = nowait ? 'nowait' : skipLocked ? 'skip' : 'wait'
  const lock = { locked, noKey, of } as const
  return { ...query, lock, shape: `${query.shape} lock(${JSON.stringify(lock)})` }
}
