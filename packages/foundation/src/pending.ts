/**
 * The protocol between values that may have to be loaded and readers that cannot wait, such as a template. A reader that
 * meets a value with this method asks it: `{ ready: true, value }` gives what to show; `{ ready: false, load }` means that
 * the reader should collect `load`, await it with all the others, and read again. After `load` has resolved, the same
 * object answers `ready: true`. `load` fetches for all peers of the value at once and may be called by several readers.
 */
export const pending: unique symbol = Symbol.for('nuages.pending')

export type PendingState =
  | { readonly ready: true; readonly value: unknown }
  | { readonly ready: false; load(): Promise<unknown> }

export interface Pending {
  [pending](): PendingState
}

export function isPending(value: unknown): value is Pending {
  return typeof value === 'object' && value !== null && pending in value
}
