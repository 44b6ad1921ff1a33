import type { Frame, ModelFrame } from './frame.ts'
import type { HiddenValue } from './printable.ts'

/** A row that goes, and under it what goes with it. */
export interface DeletedNode {
  /** `'post'` */
  readonly model: string
  readonly text: string
  readonly url: string | null
  readonly children: readonly DeletedNode[]
}

/** What goes. */
export interface Deletion {
  readonly nodes: readonly DeletedNode[]
  /** How many rows go that `nodes` does not list. */
  readonly more: number
  /** How many rows of each model: `{ label: 'comments', count: 3 }`. */
  readonly counts: readonly { readonly label: string; readonly count: number }[]
  /** Rows that stay and lose the row that they name. */
  readonly changed: readonly { readonly label: string; readonly count: number }[]
  /** Rows that forbid it: nothing can be deleted while they are there. */
  readonly protected: readonly DeletedNode[]
  /** Models of which the user may not delete rows. */
  readonly missingPermissions: readonly string[]
  readonly allowed: boolean
}

/** "Are you sure?", before one row goes, `admin/delete_confirmation.html`. The form POSTs to `action`. */
export interface DeletePage extends Frame {
  readonly page: 'delete'
  readonly model: ModelFrame
  readonly object: { readonly key: string; readonly label: string }
  readonly deletion: Deletion
  readonly action: string
  readonly hidden: readonly HiddenValue[]
  readonly cancelUrl: string
}

/** "Are you sure?", before an action on chosen rows, `admin/action_confirmation.html`. The form POSTs to `action`. */
export interface ActionConfirmationPage extends Frame {
  readonly page: 'action-confirmation'
  readonly model: ModelFrame
  readonly message: string
  /** What the button says. */
  readonly label: string
  readonly danger: boolean
  /** For the built-in deletion: what goes; `null` for others. */
  readonly deletion: Deletion | null
  /** The chosen rows, for actions other than deletion; `more` are not listed. */
  readonly objects: readonly { readonly text: string; readonly url: string | null }[]
  readonly more: number
  readonly count: number
  readonly allowed: boolean
  readonly action: string
  /** The action and the chosen keys. */
  readonly hidden: readonly HiddenValue[]
  readonly cancelUrl: string
}
