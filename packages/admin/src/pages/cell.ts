import type { SafeString } from '@nuages/templates'
import type { PrintedField } from './printable.ts'

/** How a value is shown, in the change list and where a form shows it read-only. `text` is always what to say in plain text. */
export type DisplayValue =
  /** Nothing: `text` is the empty value's sign, `'–'` unless the admin says otherwise. */
  | { readonly kind: 'empty'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  /** To be aligned at its end. */
  | { readonly kind: 'number'; readonly text: string }
  /** `iso` goes into `<time datetime>`. */
  | { readonly kind: 'date'; readonly text: string; readonly iso: string }
  /** `null` is unknown. `text` is `'Yes'`, `'No'` or `'Unknown'`. */
  | { readonly kind: 'boolean'; readonly text: string; readonly value: boolean | null }
  /** A related row, with its change page where the user may open it. */
  | { readonly kind: 'relation'; readonly text: string; readonly url: string | null }
  /** Several related rows. */
  | { readonly kind: 'relations'; readonly text: string; readonly items: readonly RelatedText[] }
  | { readonly kind: 'image'; readonly text: string; readonly url: string }
  | { readonly kind: 'file'; readonly text: string; readonly url: string }
  /** An address of the web or of mail: `href` is safe to put into a link. */
  | { readonly kind: 'address'; readonly text: string; readonly href: string }
  /** JSON and other text that keeps its lines. */
  | { readonly kind: 'code'; readonly text: string }
  /** What a function of the admin gave as safe HTML. */
  | { readonly kind: 'html'; readonly text: string; readonly html: SafeString }

export interface RelatedText {
  readonly text: string
  readonly url: string | null
}

/** A cell of the change list: a value, or a field to edit it. */
export interface Cell {
  /** The column's name: `'title'`. */
  readonly column: string
  /** The column's label, for narrow screens. */
  readonly label: string
  /** The row's change page, on the cells that lead there; in a popup that chooses, the key stands in the row. */
  readonly link: string | null
  readonly value: DisplayValue
  /** In place of `value` where the column may be edited here. */
  readonly field: PrintedField | null
}
