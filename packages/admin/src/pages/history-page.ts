import type { Pagination } from './change-list-page.ts'
import type { Frame, ModelFrame } from './frame.ts'

/** What became of one field; `null` is nothing, and both are `null` where the values were not kept. */
export interface FieldChange {
  readonly label: string
  readonly from: string | null
  readonly to: string | null
}

/** A part of an entry: the row itself, or a row of an inline (`model` and `object` say which). */
export interface HistoryChange {
  readonly action: 'added' | 'changed' | 'deleted'
  readonly model: string | null
  readonly object: string | null
  readonly fields: readonly FieldChange[]
}

export interface HistoryEntry {
  readonly time: Temporal.Instant
  /** Who did it. */
  readonly user: string
  readonly action: 'addition' | 'change' | 'deletion'
  /** In a sentence: `'Changed Title and Body.'` */
  readonly summary: string
  readonly changes: readonly HistoryChange[]
}

/** Who changed what of a row, newest first, `admin/object_history.html`. */
export interface HistoryPage extends Frame {
  readonly page: 'history'
  readonly model: ModelFrame
  readonly object: { readonly key: string; readonly label: string; readonly url: string }
  readonly entries: readonly HistoryEntry[]
  readonly pagination: Pagination
}
