import type { Cell } from './cell.ts'
import type { Frame, ModelFrame } from './frame.ts'
import type { HiddenValue, Link, Printed, PrintedField } from './printable.ts'

/** How a column takes part in the order. */
export interface ColumnSort {
  readonly direction: 'ascending' | 'descending' | 'none'
  /** 1 for the column that is sorted by first; `null` where it takes no part. */
  readonly priority: number | null
  /** Sorts by this column first; where it is first already, the other way round. */
  readonly url: string
  /** Takes the column out of the order; `null` where it takes no part. */
  readonly removeUrl: string | null
}

export interface Column {
  readonly name: string
  readonly label: string
  /** `'end'` for numbers, `'center'` for booleans. */
  readonly align: 'start' | 'center' | 'end'
  /** `null` where nothing can be sorted by it. */
  readonly sort: ColumnSort | null
}

export interface Row {
  /** The key as text: the value of its checkbox (`name="_selected_action"`). */
  readonly key: string
  /** The row in words, for the checkbox's label. */
  readonly label: string
  readonly url: string | null
  readonly cells: readonly Cell[]
  /** The hidden fields of the row's form, where columns are edited. */
  readonly hiddenFields: readonly PrintedField[]
  /** Errors of the row as a whole: printable; falsy where there are none. */
  readonly errors: object | null
}

/** A GET form: `hidden` are the other parameters, which it keeps. */
export interface Search {
  /** `'q'` */
  readonly name: string
  readonly value: string
  readonly helpText: string
  readonly hidden: readonly HiddenValue[]
  /** The list without the search; `null` where nothing is searched for. */
  readonly clearUrl: string | null
}

export interface FilterChoice {
  readonly label: string
  readonly url: string
  readonly selected: boolean
}

/** A filter with its choices as links (`'choices'`), or, over too many rows for that, a GET form with one field (`'lookup'`). */
export interface Filter {
  readonly kind: 'choices' | 'lookup'
  readonly title: string
  /** Unlike any other of the page: for ids. */
  readonly name: string
  readonly active: boolean
  /** What is chosen, in words; `null` where the filter is not active. */
  readonly current: string | null
  readonly choices: readonly FilterChoice[]
  /** For `'lookup'`: the widget to print, the id of its input, and the parameters that its form keeps. */
  readonly lookup: { readonly widget: Printed; readonly id: string; readonly hidden: readonly HiddenValue[] } | null
  readonly clearUrl: string | null
}

/** Years, the months of a year, the days of a month. */
export interface DateHierarchy {
  /** What the dates are: `'Published at'`. */
  readonly label: string
  /** What is chosen, from wide to narrow; each leads to itself, `allUrl` to all dates. */
  readonly trail: readonly Link[]
  readonly allUrl: string | null
  readonly choices: readonly Link[]
  /** The choice that is in force, where nothing narrower can be chosen: a day. */
  readonly current: string | null
}

export interface ActionChoice {
  /** The value of `<select name="action">`, or of a button `name="action"`. */
  readonly name: string
  readonly label: string
  readonly description: string | null
  /** It destroys: the built-in deletion. */
  readonly danger: boolean
}

/**
 * Actions on chosen rows. They and editable columns share one form, which POSTs to `action`: `_selected_action` (checkboxes),
 * `action`, `index` (0), and `select_across` (`1` chooses all rows of the result, beyond the page). `_save` saves the columns;
 * any other submit runs the action.
 */
export interface Actions {
  readonly choices: readonly ActionChoice[]
  /** Whether the result goes beyond the page, so that "all" may be offered. */
  readonly acrossPages: boolean
  /** `'Choose all 10,000+ posts'` */
  readonly acrossLabel: string
}

export type PageLink =
  | { readonly kind: 'page'; readonly number: number; readonly url: string; readonly current: boolean }
  | { readonly kind: 'gap' }

export interface Pagination {
  readonly number: number
  /** `null` where the rows were too many to count: there may always be a next page. */
  readonly numPages: number | null
  readonly pages: readonly PageLink[]
  readonly previousUrl: string | null
  readonly nextUrl: string | null
  /** The places of the first and last row of this page, from 1; 0 where there are none. */
  readonly from: number
  readonly to: number
  /** All rows on one page, where they are few enough; and back. */
  readonly showAllUrl: string | null
  readonly pagedUrl: string | null
  /** A GET form to go to a page by its number: `name` is `'p'`. `null` where there are few pages. */
  readonly jump: { readonly name: string; readonly hidden: readonly HiddenValue[]; readonly max: number | null } | null
}

/** How many rows there are. Beyond 10,000 they are not counted: `many`. */
export interface ResultCount {
  readonly count: number
  readonly many: boolean
  /** `'1 post'`, `'10,000+ posts'` */
  readonly text: string
}

/** Why there is nothing: no rows at all, or none for the search and filters. */
export interface EmptyState {
  readonly reason: 'no-rows' | 'no-match'
  readonly message: string
  readonly addUrl: string | null
  readonly clearUrl: string | null
}

/** The list of a model's rows, `admin/change_list.html`. */
export interface ChangeListPage extends Frame {
  readonly page: 'change-list'
  readonly model: ModelFrame
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  readonly empty: EmptyState | null
  readonly result: ResultCount
  readonly pagination: Pagination
  readonly search: Search | null
  readonly filters: readonly Filter[]
  /** Without any filter; `null` where none is active. */
  readonly clearFiltersUrl: string | null
  readonly dateHierarchy: DateHierarchy | null
  /** `null` where the user may do nothing with rows. */
  readonly actions: Actions | null
  readonly actionsOnTop: boolean
  readonly actionsOnBottom: boolean
  /** Columns that may be edited; `null` where there are none. `management` is hidden inputs to print. */
  readonly editable: {
    readonly management: Printed
    readonly errors: object | null
    readonly errorCount: number
  } | null
  /** Where the form of actions and editable columns goes: this list, with its parameters. */
  readonly action: string
  /** Rows that stay selected when the page is shown again after an error. */
  readonly selected: readonly string[]
}
