import type { AnyModelForm } from '@nuages/forms'
import { rowLinks } from '../columns/row-links.ts'
import type { ShowOptions } from '../columns/show-column.ts'
import { type CellScope, fieldCell, shownFieldset } from '../form/form-cells.ts'
import type { FormPlan } from '../form/form-plan.ts'
import type { PlannedForm } from '../form/open-form.ts'
import { markPrepopulated } from '../form/prepopulate.ts'
import { viewOnSiteUrl } from '../form/view-on-site.ts'
import { rowLabel } from '../model-admin/row-label.ts'
import { capitalised } from '../model-admin/words.ts'
import type { AnyRow } from '../options/any-model.ts'
import type { Inline, InlineForm, InlineHeader } from '../pages/change-form-page.ts'
import type { PageScope } from '../site/page-scope.ts'
import type { OpenInline } from './open-inline.ts'

/** What showing an inline needs beyond it. */
export interface ShowInlineScope extends PageScope {
  readonly show: ShowOptions
}

/** An inline as its template reads it. */
export async function shownInline(scope: ShowInlineScope, inline: OpenInline): Promise<Inline> {
  const { kind, meta, options, formset, permissions, planned, shown, lookedAt } = inline
  const forms = formset === null ? [] : await formset.forms
  const linkTo = options.showChangeLink ? await rowLinks(scope, [meta]) : () => null
  const parts: FormParts = { ...scope, inline, linkTo }
  const looked = await Promise.all(lookedAt.map((row) => lookedAtForm(parts, shown, row)))
  const edited = await Promise.all(forms.map((form) => inlineForm(parts, planned, form)))
  const all = [...looked, ...edited]
  const empty = formset !== null && permissions.add ? await inlineForm(parts, planned, formset.emptyForm) : null
  const errors = formset?.isBound ? formset.nonFormErrors() : []
  const classes = options.classes ?? []
  const collapsible = classes.includes('collapse')
  return {
    kind,
    prefix: formset?.prefix ?? `${meta.modelName}_set`,
    label: capitalised(options.verboseNamePlural ?? meta.verboseNamePlural),
    verboseName: options.verboseName ?? meta.verboseName,
    collapsible,
    open: !collapsible || errors.length > 0 || all.some(({ hasErrors }) => hasErrors),
    classes: classes.filter((name) => name !== 'collapse'),
    management: formset?.managementForm ?? null,
    errors: errors.length > 0 ? errors : null,
    headers: formset === null ? headersOf(shown.plan, null) : headersOf(planned.plan, formset.emptyForm),
    forms: all,
    emptyForm: empty,
    maxNum: formset?.settings.maxNum ?? 0,
    minNum: formset?.settings.minNum ?? 0,
    canDelete: formset?.settings.canDelete ?? false,
    permissions,
  }
}

interface FormParts extends ShowInlineScope {
  readonly inline: OpenInline
  readonly linkTo: (row: AnyRow) => string | null
}

function headersOf({ fieldsets }: FormPlan, form: AnyModelForm | null): readonly InlineHeader[] {
  return fieldsets
    .flatMap(({ lines }) => lines.flat())
    .map((cell) => {
      if (typeof cell !== 'string')
        return { name: cell.name, label: cell.label, helpText: cell.helpText, required: false }
      const field = form!.get(cell)
      return { name: cell, label: field.label, helpText: field.helpText, required: field.isRequired }
    })
}

async function inlineForm(parts: FormParts, { plan }: PlannedForm, form: AnyModelForm): Promise<InlineForm> {
  const { inline, linkTo } = parts
  const row = form.instance as AnyRow
  const isNew = row.pk === null || row.pk === undefined
  markPrepopulated(form, inline.meta, inline.options.prepopulatedFields)
  const scope: CellScope = { ...parts, meta: inline.meta, form, row: isNew ? null : row }
  const names = Object.keys(form.fields)
  const errors = form.isBound ? form.nonFieldErrors() : []
  return {
    prefix: form.prefix ?? '',
    label: isNew ? null : rowLabel(row),
    changeUrl: isNew ? null : linkTo(row),
    viewOnSiteUrl: isNew ? null : viewOnSiteUrl(inline.options, row),
    hiddenFields: form.hiddenFields(),
    ...(await placed(scope, inline, plan)),
    deleteField: names.includes('DELETE') && !isNew ? form.get('DELETE') : null,
    errors: errors.length > 0 ? errors : null,
    hasErrors: form.isBound && form.errors.size > 0,
    isNew,
    isReadOnly: false,
  }
}

/** A row that may be looked at: its form is made for its labels alone and is not printed. */
async function lookedAtForm(parts: FormParts, { plan, Form }: PlannedForm, row: AnyRow): Promise<InlineForm> {
  const { inline, linkTo } = parts
  const scope: CellScope = { ...parts, meta: inline.meta, form: new Form({ instance: row }), row }
  return {
    prefix: `${inline.meta.modelName}-${String(row.pk)}`,
    label: rowLabel(row),
    changeUrl: linkTo(row),
    viewOnSiteUrl: viewOnSiteUrl(inline.options, row),
    hiddenFields: [],
    ...(await placed(scope, inline, plan)),
    deleteField: null,
    errors: null,
    hasErrors: false,
    isNew: false,
    isReadOnly: true,
  }
}

async function placed(
  scope: CellScope,
  { kind }: OpenInline,
  { fieldsets }: FormPlan,
): Promise<Pick<InlineForm, 'fieldsets' | 'cells'>> {
  if (kind === 'tabular') {
    const cells = fieldsets.flatMap(({ lines }) => lines.flat())
    return { fieldsets: [], cells: await Promise.all(cells.map((cell) => fieldCell(scope, cell))) }
  }
  const prefix = scope.form.prefix ?? String(scope.row?.pk)
  const shown = fieldsets.map((fieldset, index) => shownFieldset(scope, fieldset, `${prefix}-fieldset-${index}`))
  return { fieldsets: await Promise.all(shown), cells: [] }
}
