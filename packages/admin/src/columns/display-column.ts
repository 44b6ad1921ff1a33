import type { HttpRequest } from '@nuages/http'
import type { Field, ModelMeta } from '@nuages/orm'
import type { AnyRow } from '../options/any-model.ts'

/** Something of a row that is shown: in a column of the change list, or read-only in a form. */
export interface DisplayColumn {
  readonly name: string
  readonly label: string
  readonly helpText: string
  readonly align: 'start' | 'center' | 'end'
  /** What rows are sorted by where the column is chosen; `null` where they cannot be. */
  readonly orderBy: string | null
  /** The column of the database that it comes from. */
  readonly field: Field | undefined
  /** The model whose rows it shows. */
  readonly target: ModelMeta | undefined
  /** The relations to load with the rows, so that reading asks nothing. */
  readonly selectRelated: string | null
  readonly prefetchRelated: string | null
  readonly boolean: boolean
  readonly emptyValue: string | undefined
  read(row: AnyRow, request: HttpRequest): unknown
}
