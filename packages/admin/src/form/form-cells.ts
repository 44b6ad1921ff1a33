import { type AnyForm, CheckboxInput } from '@nuages/forms'
import { ForeignKeyField, ManyToManyField, type ModelMeta } from '@nuages/orm'
import type { DisplayColumn } from '../columns/display-column.ts'
import { type ShowOptions, showColumn } from '../columns/show-column.ts'
import { mayLook, mayUser } from '../model-admin/permissions.ts'
import type { AnyRow } from '../options/any-model.ts'
import type { DisplayValue } from '../pages/cell.ts'
import type { FieldCell, FieldLine, Fieldset, ReadOnlyCell, RelatedLinks } from '../pages/change-form-page.ts'
import type { PageScope } from '../site/page-scope.ts'
import type { PlannedCell, PlannedFieldset } from './form-plan.ts'

/** What cells are made of. */
export interface CellScope extends PageScope {
  readonly meta: ModelMeta
  readonly form: AnyForm
  /** The row that is shown; `null` where there is none yet. */
  readonly row: AnyRow | null
  readonly show: ShowOptions
}

/** A place of a form as its template reads it. */
export async function fieldCell(scope: CellScope, cell: PlannedCell): Promise<FieldCell> {
  if (typeof cell !== 'string') return readOnlyCell(scope, cell)
  const field = scope.form.get(cell)
  return {
    kind: 'field',
    name: cell,
    field,
    isCheckbox: field.field.widget instanceof CheckboxInput,
    related: await relatedLinks(scope, cell),
  }
}

async function readOnlyCell({ row, show }: CellScope, column: DisplayColumn): Promise<ReadOnlyCell> {
  const { name, label, helpText, emptyValue = show.emptyValue } = column
  const nothing: DisplayValue = { kind: 'empty', text: emptyValue }
  return {
    kind: 'readonly',
    name,
    label,
    helpText,
    value: row === null ? nothing : await showColumn(column, row, show),
  }
}

const keyPlaceholder = '__key__'

/** Pages for the rows that a relation leads to, as far as the user may open them. */
async function relatedLinks({ site, request, meta, row }: CellScope, name: string): Promise<RelatedLinks | null> {
  const relation = meta.member(name)
  if (!(relation instanceof ForeignKeyField || relation instanceof ManyToManyField)) return null
  const modelAdmin = site.modelAdminOf(relation.target)
  if (modelAdmin === undefined) return null
  const mayChange = relation instanceof ForeignKeyField && (await mayLook(modelAdmin, request))
  const key = mayChange ? row?.[relation.attribute] : undefined
  const { target } = relation
  return {
    verboseName: target.verboseName,
    addUrl: (await mayUser(modelAdmin, 'add', request)) ? site.modelUrl('add', target) : null,
    // The key is put in by the script, so its place must not be quoted.
    changeUrlTemplate: mayChange
      ? site.rowUrl('change', target, 'key').replace(/key(?=\/change\/$)/, keyPlaceholder)
      : null,
    changeUrl: key === undefined || key === null ? null : site.rowUrl('change', target, key),
  }
}

/** The lines of a fieldset, each with its cells. */
export async function shownFieldset(scope: CellScope, planned: PlannedFieldset, id: string): Promise<Fieldset> {
  const lines = await Promise.all(
    planned.lines.map(async (line): Promise<FieldLine> => {
      const cells = await Promise.all(line.map((cell) => fieldCell(scope, cell)))
      return {
        cells,
        hasErrors: line.some((cell) => typeof cell === 'string' && scope.form.get(cell).errors.length > 0),
      }
    }),
  )
  const collapsible = planned.classes.includes('collapse')
  return {
    name: planned.name,
    id,
    description: planned.description,
    classes: planned.classes.filter((name) => name !== 'collapse'),
    collapsible,
    open: !collapsible || lines.some(({ hasErrors }) => hasErrors),
    lines,
  }
}
