import type { DisplayValue } from './cell.ts'
import type { Frame, ModelFrame, Permissions } from './frame.ts'
import type { HiddenValue, Link, Printed, PrintedField } from './printable.ts'

/** Pages for the rows that a relation may lead to. The script opens them as popups (`_popup=1`); without it they are links. */
export interface RelatedLinks {
  /** What such a row is: `'author'`. */
  readonly verboseName: string
  /** To add one; `null` where the user may not. */
  readonly addUrl: string | null
  /** To see or change the chosen one; `__key__` stands for its key, so that the script can follow the choice. */
  readonly changeUrlTemplate: string | null
  /** The chosen one's page, for a page without script; `null` where none is chosen. */
  readonly changeUrl: string | null
}

/** A field to fill in. */
export interface FormCell {
  readonly kind: 'field'
  readonly name: string
  readonly field: PrintedField
  /** A single checkbox: its label stands after it. */
  readonly isCheckbox: boolean
  readonly related: RelatedLinks | null
}

/** A value to look at. */
export interface ReadOnlyCell {
  readonly kind: 'readonly'
  readonly name: string
  readonly label: string
  readonly helpText: string
  readonly value: DisplayValue
}

export type FieldCell = FormCell | ReadOnlyCell

/** Fields that stand side by side. */
export interface FieldLine {
  readonly cells: readonly FieldCell[]
  readonly hasErrors: boolean
}

export interface Fieldset {
  /** `null` for fields without a heading. */
  readonly name: string | null
  /** Unlike any other of the page: for ids. */
  readonly id: string
  readonly description: string | null
  /** Django's `classes`: `'wide'`, or a project's own. `'collapse'` is not among them. */
  readonly classes: readonly string[]
  /** It is a `<details>`, open where a field in it has errors. */
  readonly collapsible: boolean
  readonly open: boolean
  readonly lines: readonly FieldLine[]
}

/** One row of an inline. */
export interface InlineForm {
  /** `'comments-0'`; in the empty form `'comments-__prefix__'`. */
  readonly prefix: string
  /** The row in words; `null` for a new one. */
  readonly label: string | null
  /** The row's own change page. */
  readonly changeUrl: string | null
  /** Its page on the website. */
  readonly viewOnSiteUrl: string | null
  readonly hiddenFields: readonly PrintedField[]
  /** For stacked inlines. */
  readonly fieldsets: readonly Fieldset[]
  /** For tabular inlines: in the order of `headers`. */
  readonly cells: readonly FieldCell[]
  /** The checkbox that deletes the row; `null` where that is not allowed, or the row is new. */
  readonly deleteField: PrintedField | null
  /** Errors of the row as a whole: printable; falsy where there are none. */
  readonly errors: object | null
  readonly hasErrors: boolean
  readonly isNew: boolean
  /** It is only looked at: no form of the formset, and not counted with them. */
  readonly isReadOnly: boolean
}

export interface InlineHeader {
  readonly name: string
  readonly label: string
  readonly helpText: string
  readonly required: boolean
}

/** Rows of another model that belong to the row of the page. */
export interface Inline {
  readonly kind: 'tabular' | 'stacked'
  /** Of every name in the formset: `'comments'`. */
  readonly prefix: string
  /** `'Comments'` */
  readonly label: string
  /** `'comment'` */
  readonly verboseName: string
  readonly collapsible: boolean
  readonly open: boolean
  readonly classes: readonly string[]
  /** Hidden inputs to print. */
  readonly management: Printed | null
  /** Errors of all rows together: printable; falsy where there are none. */
  readonly errors: object | null
  readonly headers: readonly InlineHeader[]
  readonly forms: readonly InlineForm[]
  /** What the script copies for one more, `__prefix__` replaced by the number; `null` where no row may be added. */
  readonly emptyForm: InlineForm | null
  readonly maxNum: number
  readonly minNum: number
  readonly canDelete: boolean
  readonly permissions: Permissions
}

/** One message of the summary above a form with errors. */
export interface ErrorLink {
  readonly label: string | null
  readonly message: string
  /** The id of the input that it is about. */
  readonly target: string | null
}

/** The buttons: each is a submit with this name. */
export interface SaveButtons {
  /** `_save` */
  readonly save: boolean
  /** `_continue` */
  readonly saveAndContinue: boolean
  /** `_addanother` */
  readonly saveAndAddAnother: boolean
  /** `_saveasnew` */
  readonly saveAsNew: boolean
  readonly onTop: boolean
  readonly onBottom: boolean
  /** For those who may only look: back to the list. */
  readonly closeUrl: string | null
  readonly deleteUrl: string | null
}

/** Adding or changing a row, `admin/change_form.html`. */
export interface ChangeFormPage extends Frame {
  readonly page: 'change-form'
  readonly model: ModelFrame
  /** `null` while it is added. */
  readonly object: { readonly key: string; readonly label: string } | null
  readonly isAdd: boolean
  /** Nothing can be changed: every cell is read-only, there is no `<form>`. */
  readonly isReadOnly: boolean
  readonly permissions: Permissions
  /** History, view on site, and what a project adds. */
  readonly tools: readonly Link[]
  /** Where the form goes: this page, with its parameters. */
  readonly action: string
  readonly isMultipart: boolean
  readonly hidden: readonly HiddenValue[]
  readonly hiddenFields: readonly PrintedField[]
  readonly fieldsets: readonly Fieldset[]
  readonly inlines: readonly Inline[]
  /** Errors of the row as a whole: printable; falsy where there are none. */
  readonly errors: object | null
  /** Another changed the row meanwhile: told in `errors`; the form then needs a second save, which overwrites. */
  readonly isStale: boolean
  /** All that is wrong on the page; empty where nothing is. */
  readonly errorSummary: readonly ErrorLink[]
  readonly buttons: SaveButtons
}
