import type { HttpRequest } from '@nuages/http'
import type { AnyRow } from '../options/any-model.ts'
import type { DisplayValue } from '../pages/cell.ts'
import type { DisplayColumn } from './display-column.ts'
import { displayValue } from './display-value.ts'

/** What showing needs beyond the column and the row. */
export interface ShowOptions {
  readonly request: HttpRequest
  readonly emptyValue: string
  readonly rowUrl: (row: AnyRow) => string | null
}

/** What a column shows of a row. */
export async function showColumn(column: DisplayColumn, row: AnyRow, options: ShowOptions): Promise<DisplayValue> {
  const { field, boolean, emptyValue = options.emptyValue } = column
  const value = await column.read(row, options.request)
  return displayValue(value, { field, boolean, emptyValue, rowUrl: options.rowUrl })
}
