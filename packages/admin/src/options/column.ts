import type { HttpRequest } from '@nuages/http'
import type { Instance } from '@nuages/orm'
import type { FieldPath, MemberName, OrderingPath } from './paths.ts'

/**
 * A column that is computed, for `listDisplay`, and for `fields` and `readonlyFields`, where it is shown and not edited. What
 * Django does with `@admin.display`.
 */
export interface ComputedColumn<M> {
  /** What is shown. A `SafeString` (`html`, `markSafe`) is shown as HTML, a promise is awaited. */
  readonly value: (row: Instance<M>, request: HttpRequest) => unknown
  readonly label: string
  /** Unlike any other column's; made of the label unless given. */
  readonly name?: string
  /** What the list is sorted by where this column is chosen. Without it, the column cannot be sorted by. */
  readonly ordering?: OrderingPath<M>
  /** Shows true and false as signs. */
  readonly boolean?: boolean
  /** Shown in place of `null` and `''`. */
  readonly emptyValue?: string
  readonly helpText?: string
}

/** A column of the change list: a field, a path over relations, a member of the instance, or something computed. */
export type ColumnSpec<M> = FieldPath<M> | MemberName<M> | ComputedColumn<M>
