import { type AnyModelForm, type BaseModelFormSet, ModelFormSet } from '@nuages/forms'
import type { RequestForm } from '@nuages/http'
import { ValuesBefore } from '../form/change-records.ts'
import { baseForm, formClass } from '../form/form-class.ts'
import { mayUser } from '../model-admin/permissions.ts'
import type { AnyQuerySet, AnyRow } from '../options/any-model.ts'
import type { PrintedField } from '../pages/printable.ts'
import type { ModelScope } from '../site/page-scope.ts'
import type { EditedList } from './list-page.ts'
import type { RowForm } from './list-rows.ts'

/** The forms of the rows of a list. */
export type ListFormSet = BaseModelFormSet<unknown, AnyModelForm, AnyRow>

/** Whether the user may edit columns of the list. */
export async function mayEditList({ modelAdmin, request }: ModelScope): Promise<boolean> {
  return (modelAdmin.options.listEditable ?? []).length > 0 && mayUser(modelAdmin, 'change', request)
}

function listFormSet({ site, modelAdmin }: ModelScope, init: object): ListFormSet {
  const { meta, options } = modelAdmin
  const editable = options.listEditable ?? []
  const Form = formClass({ site, meta, options, Base: baseForm(meta, undefined), editable, versionCheck: true })
  const FormSet = ModelFormSet(modelAdmin.model as never, { form: Form as never, extra: 0, editOnly: true })
  return new FormSet({ prefix: 'form', ...init }) as unknown as ListFormSet
}

/** Forms for rows that were loaded; those that the user may not change have none. */
export async function openListForms(scope: ModelScope, rows: readonly AnyRow[]): Promise<ListFormSet> {
  const { modelAdmin, request } = scope
  const answers = await Promise.all(rows.map((row) => mayUser(modelAdmin, 'change', request, row)))
  const allowed = rows.filter((_row, index) => answers[index])
  return listFormSet(scope, { queryset: { all: () => allowed } })
}

/** Forms with what was sent, for those of `rows` that it names. */
export function sentListForms(scope: ModelScope, rows: AnyQuerySet, sent: RequestForm): ListFormSet {
  return listFormSet(scope, { queryset: rows, data: sent.fields, files: sent.files })
}

/** What the rows of a formset hold before it is validated. */
export async function valuesBefore(formset: ListFormSet): Promise<ReadonlyMap<AnyModelForm, ValuesBefore>> {
  const forms = await formset.forms
  return new Map(
    forms.map((form) => {
      const row = form.instance as AnyRow
      return [form, new ValuesBefore((row.constructor as never as { meta: never }).meta, row)]
    }),
  )
}

/** The forms as the page shows them, beside their rows. */
export async function editedList(formset: ListFormSet): Promise<EditedList> {
  const forms = new Map<unknown, RowForm>()
  for (const form of await formset.forms) {
    const fields = form.visibleFields().map((field): [string, PrintedField] => [field.name, field])
    const errors = form.isBound ? form.nonFieldErrors() : []
    forms.set((form.instance as AnyRow).pk, {
      fields: new Map(fields),
      hiddenFields: form.hiddenFields(),
      errors: errors.length > 0 ? errors : null,
    })
  }
  const nonForm = formset.isBound ? formset.nonFormErrors() : []
  const editable = {
    management: formset.managementForm,
    errors: nonForm.length > 0 ? nonForm : null,
    errorCount: formset.isBound ? formset.totalErrorCount() : 0,
  }
  return { editable, formOf: (row) => forms.get(row.pk) }
}
