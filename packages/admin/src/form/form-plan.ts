import type { HttpRequest } from '@nuages/http'
import { AutoField, Field, ManyToManyField, type ModelMeta } from '@nuages/orm'
import type { DisplayColumn } from '../columns/display-column.ts'
import { resolveColumn } from '../columns/resolve-column.ts'
import type { AnyModel, AnyRow } from '../options/any-model.ts'
import type { FieldsetSpec, FormItem, FormItems } from '../options/fieldset.ts'
import type { FormOptions } from '../options/form-options.ts'

/** A place in a form: a field to fill in, by its name, or something to look at. */
export type PlannedCell = string | DisplayColumn

/** Lines under a heading. */
export interface PlannedFieldset {
  readonly name: string | null
  readonly description: string | null
  readonly classes: readonly string[]
  readonly lines: readonly (readonly PlannedCell[])[]
}

/** What a form shows, and where. */
export interface FormPlan {
  readonly fieldsets: readonly PlannedFieldset[]
  /** The fields that may be filled in, in their order. */
  readonly editable: readonly string[]
}

/** What a plan is made for. */
export interface PlanScope {
  readonly meta: ModelMeta
  readonly options: FormOptions<AnyModel>
  readonly request: HttpRequest
  /** `null` while a row is added. */
  readonly row: AnyRow | null
  /** Nothing may be changed. */
  readonly isReadOnly: boolean
  /** The row has its key, which stays. */
  readonly keepsKey: boolean
  /** The fields that the form has: those of the model that it edits, and its own. */
  readonly offered: readonly string[]
  /** Left out in any case: the key of an inline's parent. */
  readonly without?: readonly string[]
}

/** Decides what of a row is shown and what may be changed. Throws `AdminOptionError` for a name that does not exist. */
export async function planForm(scope: PlanScope): Promise<FormPlan> {
  const { meta, options, request, row, isReadOnly, keepsKey, offered, without = [] } = scope
  const readonlySpecs = (await options.getReadonlyFields?.(request, row as never)) ?? options.readonlyFields ?? []
  const readonlyNames = new Set(readonlySpecs.filter((spec) => typeof spec === 'string'))
  const excluded = new Set([...(options.getExclude?.(request, row as never) ?? options.exclude ?? []), ...without])
  const mayEdit = (name: string): boolean => {
    if (isReadOnly || readonlyNames.has(name)) return false
    // Another key would make another row of it.
    if (keepsKey && name === meta.pk.name) return false
    return offered.includes(name) || isEditable(meta, name)
  }
  const cellOf = (item: FormItem<AnyModel>): PlannedCell[] => {
    if (typeof item !== 'string')
      return 'formField' in item ? (isReadOnly ? [] : [item.formField]) : [column(meta, item)]
    if (excluded.has(item)) return []
    return [mayEdit(item) ? item : column(meta, item)]
  }
  const fieldsets = specsOf(scope, readonlySpecs, excluded).map((spec) => planned(spec, cellOf))
  const cells = fieldsets.flatMap(({ lines }) => lines.flat())
  return { fieldsets, editable: cells.filter((cell) => typeof cell === 'string') }
}

function column(meta: ModelMeta, item: FormItem<AnyModel>): DisplayColumn {
  return resolveColumn(meta, item as never, 'fields')
}

function isEditable(meta: ModelMeta, name: string): boolean {
  const member = meta.member(name)
  if (member instanceof ManyToManyField) return true
  return member instanceof Field && member.editable && !isNumbered(member) && member.kind !== 'binary'
}

/** A key that the database gives. */
function isNumbered(field: Field): boolean {
  return field instanceof AutoField
}

function planned(spec: FieldsetSpec<AnyModel>, cellOf: (item: FormItem<AnyModel>) => PlannedCell[]): PlannedFieldset {
  const lines = spec.fields.map((item) => (Array.isArray(item) ? item.flatMap(cellOf) : cellOf(item as never)))
  return {
    name: spec.name ?? null,
    description: spec.description ?? null,
    classes: spec.classes ?? [],
    lines: lines.filter((line) => line.length > 0),
  }
}

function specsOf(
  { options, request, row, offered }: PlanScope,
  readonlySpecs: readonly FormItem<AnyModel>[],
  excluded: ReadonlySet<string>,
): readonly FieldsetSpec<AnyModel>[] {
  const fieldsets = options.getFieldsets?.(request, row as never) ?? options.fieldsets
  if (fieldsets) return fieldsets
  const fields = options.getFields?.(request, row as never) ?? options.fields
  return [{ fields: fields ?? usualFields(offered, readonlySpecs, excluded) }]
}

/** All that the form has, then what is only shown. */
function usualFields(
  offered: readonly string[],
  readonlySpecs: readonly FormItem<AnyModel>[],
  excluded: ReadonlySet<string>,
): FormItems<AnyModel> {
  return [...offered.filter((name) => !readonlySpecs.includes(name) && !excluded.has(name)), ...readonlySpecs]
}
