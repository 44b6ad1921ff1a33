import { rowLinks } from '../columns/row-links.ts'
import { type ShowOptions, showColumn } from '../columns/show-column.ts'
import { rowLabel } from '../model-admin/row-label.ts'
import type { AnyRow } from '../options/any-model.ts'
import type { Cell } from '../pages/cell.ts'
import type { Row } from '../pages/change-list-page.ts'
import type { PrintedField } from '../pages/printable.ts'
import type { ModelScope } from '../site/page-scope.ts'
import { isPopup } from '../site/page-scope.ts'
import type { ChangeList } from './change-list.ts'
import { filtersParameter } from './list-return.ts'

/** The form of a row, where columns are edited. */
export interface RowForm {
  readonly fields: ReadonlyMap<string, PrintedField>
  readonly hiddenFields: readonly PrintedField[]
  readonly errors: object | null
}

/** The rows of the page with their cells. `formOf` gives the form of a row whose columns are edited. */
export async function listRows(
  scope: ModelScope,
  list: ChangeList,
  rows: readonly AnyRow[],
  mayView: boolean,
  formOf: (row: AnyRow) => RowForm | undefined = () => undefined,
): Promise<readonly Row[]> {
  const { site, request, modelAdmin } = scope
  const targets = list.columns.flatMap(({ target }) => target ?? [])
  const options: ShowOptions = {
    request,
    emptyValue: modelAdmin.options.emptyValueDisplay ?? site.emptyValueDisplay,
    rowUrl: isPopup(scope) ? () => null : await rowLinks(scope, targets),
  }
  const linked = linkedColumns(list)
  return Promise.all(
    rows.map(async (row): Promise<Row> => {
      const url = mayView ? changeUrl(scope, list, row) : null
      const form = formOf(row)
      const cells = await Promise.all(
        list.columns.map(async (column): Promise<Cell> => {
          const { name, label } = column
          const value = await showColumn(column, row, options)
          return {
            column: name,
            label,
            value,
            link: linked.has(name) ? url : null,
            field: form?.fields.get(name) ?? null,
          }
        }),
      )
      const { hiddenFields = [], errors = null } = form ?? {}
      return { key: String(row.pk), label: rowLabel(row), url, cells, hiddenFields, errors }
    }),
  )
}

/** The columns that lead to the change page: the first, unless the options say. */
function linkedColumns({ modelAdmin, columns }: ChangeList): ReadonlySet<string> {
  const { listDisplayLinks } = modelAdmin.options
  if (listDisplayLinks === null) return new Set()
  return new Set(listDisplayLinks ?? columns.slice(0, 1).map(({ name }) => name))
}

function changeUrl({ site, modelAdmin }: ModelScope, { scope: { query } }: ChangeList, row: AnyRow): string {
  const url = site.rowUrl('change', modelAdmin.meta, row.pk)
  const kept = query.query.toString()
  if (kept === '' || modelAdmin.options.preserveFilters === false) return url
  return `${url}?${filtersParameter}=${encodeURIComponent(kept)}`
}
