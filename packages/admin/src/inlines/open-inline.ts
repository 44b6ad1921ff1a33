import { type AnyModelForm, type BaseInlineFormSet, InlineFormSet } from '@nuages/forms'
import { QueryDict, type RequestForm } from '@nuages/http'
import type { ModelMeta, RuntimeModel } from '@nuages/orm'
import { ValuesBefore } from '../form/change-records.ts'
import type { FormPlan } from '../form/form-plan.ts'
import { type PlannedForm, plannedForm } from '../form/open-form.ts'
import { allRowsOf } from '../model-admin/all-rows.ts'
import { type Guarded, permissionsOf } from '../model-admin/permissions.ts'
import type { AnyModel, AnyQuerySet, AnyRow } from '../options/any-model.ts'
import type { Inline, InlineOptions } from '../options/inline.ts'
import type { Permissions } from '../pages/frame.ts'
import type { ModelScope } from '../site/page-scope.ts'

/** A formset of an inline, whatever the models. */
export type AnyInlineFormSet = BaseInlineFormSet<unknown, unknown, AnyModelForm, object, AnyRow>

/** An inline of the page, with what may be done in it. */
export interface OpenInline {
  readonly kind: Inline['kind']
  readonly meta: ModelMeta
  readonly options: InlineOptions<AnyModel>
  readonly permissions: Permissions
  readonly planned: PlannedForm
  /** The same, to be looked at. */
  readonly shown: PlannedForm
  /** `null` where nothing may be changed. */
  readonly formset: AnyInlineFormSet | null
  /** Rows that are shown and not edited. */
  readonly lookedAt: readonly AnyRow[]
  /** What the rows held before their forms were read. */
  readonly before: ReadonlyMap<AnyModelForm, ValuesBefore>
}

/** What an inline is opened for. */
export interface InlineScope extends ModelScope {
  /** The row of the page: a new one while it is added. */
  readonly parent: AnyRow
  readonly isAdd: boolean
  /** The page as a whole may not be changed. */
  readonly isReadOnly: boolean
  readonly sent: RequestForm | null
  /** Saving as a new row: rows that are there are copied. */
  readonly asNew: boolean
}

/** Opens the inlines that the user may see. */
export async function openInlines(scope: InlineScope, inlines: readonly Inline[]): Promise<readonly OpenInline[]> {
  const prefixes = new Map<string, number>()
  const opened: OpenInline[] = []
  for (const inline of inlines) {
    const open = await openInline(scope, inline, prefixes)
    if (open !== null) opened.push(open)
  }
  return opened
}

async function openInline(
  scope: InlineScope,
  inline: Inline,
  prefixes: Map<string, number>,
): Promise<OpenInline | null> {
  const { request, parent, isAdd, isReadOnly, modelAdmin } = scope
  const options = inline.options as unknown as InlineOptions<AnyModel>
  const { meta } = inline.model as RuntimeModel
  const own = await permissionsOf({ meta, options: options as Guarded['options'] }, request, isAdd ? null : parent)
  const permissions = isReadOnly ? { ...own, add: false, change: false, delete: false } : own
  if (!own.view && !permissions.add) return null
  const fkName = foreignKeyName(modelAdmin.meta, meta, options)
  const init = { meta, options, row: isAdd ? null : parent, versionCheck: true, without: [fkName] }
  const planned = await plannedForm(scope, { ...init, isReadOnly: false })
  const shown = await plannedForm(scope, { ...init, isReadOnly: true })
  const rows = inlineRows(scope, meta, options)
  const lookedAt = isAdd || permissions.change ? [] : await withRelations(rows.filter({ [fkName]: parent }), shown.plan)
  const mayEdit = permissions.add || permissions.change
  const formset = mayEdit ? makeFormSet(scope, inline, { planned, permissions, fkName, rows, prefixes }) : null
  return {
    kind: inline.kind,
    meta,
    options,
    permissions,
    planned,
    shown,
    formset,
    lookedAt,
    before: formset === null ? new Map() : await valuesBefore(meta, formset),
  }
}

/** The key to the parent. Where there are several, the options name one. */
function foreignKeyName(parent: ModelMeta, meta: ModelMeta, { fkName }: InlineOptions<AnyModel>): string {
  return fkName ?? meta.foreignKeys.find(({ target }) => target === parent)?.name ?? ''
}

function inlineRows({ request }: InlineScope, meta: ModelMeta, options: InlineOptions<AnyModel>): AnyQuerySet {
  const all = allRowsOf(meta)
  const rows = (options.getQueryset?.(all as never, request) ?? all) as unknown as AnyQuerySet
  const ordering = options.ordering ?? (meta.orderingPaths.length > 0 ? meta.orderingPaths : ['pk'])
  return rows.orderBy(...ordering)
}

/** What read-only cells show of other rows is loaded with the rows, not row by row. */
function withRelations(rows: AnyQuerySet, { fieldsets }: FormPlan): AnyQuerySet {
  const cells = fieldsets.flatMap(({ lines }) => lines.flat()).filter((cell) => typeof cell !== 'string')
  const related = cells.flatMap(({ selectRelated }) => selectRelated ?? [])
  const fetched = cells.flatMap(({ prefetchRelated }) => prefetchRelated ?? [])
  const loaded = related.length === 0 ? rows : rows.selectRelated(...related)
  return fetched.length === 0 ? loaded : loaded.prefetchRelated(...fetched)
}

interface FormSetParts {
  readonly planned: PlannedForm
  readonly permissions: Permissions
  readonly fkName: string
  readonly rows: AnyQuerySet
  readonly prefixes: Map<string, number>
}

function makeFormSet(scope: InlineScope, inline: Inline, parts: FormSetParts): AnyInlineFormSet {
  const { request, parent, isAdd, sent, asNew, modelAdmin } = scope
  const { planned, permissions, fkName, rows, prefixes } = parts
  const options = inline.options as unknown as InlineOptions<AnyModel>
  const row = isAdd ? null : parent
  const maxNum = options.getMaxNum?.(request, row) ?? options.maxNum
  const minNum = options.getMinNum?.(request, row) ?? options.minNum ?? 0
  const FormSet = InlineFormSet(modelAdmin.model as never, inline.model as never, {
    form: planned.Form as never,
    fkName: fkName as never,
    extra: permissions.add ? (options.getExtra?.(request, row) ?? options.extra ?? 3) : 0,
    minNum,
    validateMin: minNum > 0,
    ...(maxNum === undefined ? {} : { maxNum, validateMax: true }),
    canDelete: permissions.delete && (options.canDelete ?? true),
    editOnly: !permissions.add,
  })
  const prefix = uniquePrefix(FormSet.defaultPrefix, prefixes)
  const fields = sent === null ? null : asNew ? withoutKeys(sent.fields, prefix, rows.model.meta) : sent.fields
  return new FormSet({
    instance: parent as never,
    queryset: permissions.change ? withRelations(rows, planned.plan) : rows.none(),
    prefix,
    ...(fields === null ? {} : { data: fields, files: sent!.files }),
  }) as unknown as AnyInlineFormSet
}

/** Two inlines of one model need two prefixes. */
function uniquePrefix(prefix: string, taken: Map<string, number>): string {
  const count = (taken.get(prefix) ?? 0) + 1
  taken.set(prefix, count)
  return count === 1 ? prefix : `${prefix}-${count}`
}

/** What was sent, as if every row of the formset were new. */
function withoutKeys(fields: QueryDict, prefix: string, { pk }: ModelMeta): QueryDict {
  const key = new RegExp(`^${RegExp.escape(prefix)}-\\d+-${pk.name}$`)
  const pairs = [...fields.entries()].filter(([name]) => !key.test(name))
  return new QueryDict(pairs).with({ [`${prefix}-INITIAL_FORMS`]: 0 })
}

async function valuesBefore(
  meta: ModelMeta,
  formset: AnyInlineFormSet,
): Promise<ReadonlyMap<AnyModelForm, ValuesBefore>> {
  if (!formset.isBound) return new Map()
  const forms = await formset.forms
  return new Map(forms.map((form) => [form, new ValuesBefore(meta, form.instance as AnyRow)]))
}
