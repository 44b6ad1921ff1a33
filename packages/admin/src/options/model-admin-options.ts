import type { HttpRequest, HttpResponse } from '@nuages/http'
import type { Instance, QuerySet } from '@nuages/orm'
import type { FormOptions } from './form-options.ts'
import type { Inline } from './inline.ts'
import type { ListOptions } from './list-options.ts'
import type { ForeignKeyName } from './paths.ts'
import type { PermissionHooks } from './permission-hooks.ts'
import type { SaveHooks } from './save-hooks.ts'

/** A page of its own under a row: `admin:object-page` with its name. */
export interface ObjectPage<M> {
  /** Shown among the row's tools; without it there is no link. */
  readonly label?: string
  readonly permission?: 'view' | 'change' | 'delete'
  readonly view: (request: HttpRequest, row: Instance<M>, scope: object) => HttpResponse | Promise<HttpResponse>
}

/** How the admin shows a model: what `register` takes. Names are Django's in camelCase. */
export interface ModelAdminOptions<M> extends ListOptions<M>, FormOptions<M>, PermissionHooks<M>, SaveHooks<M> {
  /** Rows of other models that belong to a row. */
  readonly inlines?: readonly Inline[]
  /** Saving as a new row is offered. */
  readonly saveAs?: boolean
  /** After saving as new, the new row's change page comes next, rather than the list. */
  readonly saveAsContinue?: boolean
  /** The buttons are above the form too. */
  readonly saveOnTop?: boolean
  /** Shown in place of `null` and `''`. */
  readonly emptyValueDisplay?: string
  /** The rows that the admin knows of: all unless given. */
  readonly getQueryset?: (rows: QuerySet<M>, request: HttpRequest) => QuerySet<M>
  readonly getInlines?: (request: HttpRequest, row: Instance<M> | null) => readonly Inline[]
  /**
   * Relations whose rows' change pages link to this list, narrowed to what belongs to them, and what the link says:
   * `{ user: 'Sessions' }`.
   */
  readonly linkedFrom?: { readonly [K in ForeignKeyName<M>]?: string }
  /** More pages under each row, by the last part of their address. */
  readonly pages?: { readonly [name: string]: ObjectPage<M> }
}
