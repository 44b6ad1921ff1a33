import type { AnyForm } from '@nuages/forms'
import type { ErrorLink } from '../pages/change-form-page.ts'
import type { Editing } from './editing.ts'

/** All that is wrong on the page, each with the input that it is about. */
export async function errorSummary({ form, inlines }: Editing): Promise<readonly ErrorLink[]> {
  const links = errorsOf(form)
  for (const { formset } of inlines) {
    if (formset === null || !formset.isBound) continue
    links.push(
      ...formset.nonFormErrors().map((message) => ({ label: null, message, target: `${formset.prefix}-group` })),
    )
    // Of a form that is to be deleted, nothing is wrong.
    const deleted = new Set<AnyForm>(formset.deletedForms)
    for (const one of await formset.forms) if (!deleted.has(one)) links.push(...errorsOf(one))
  }
  return links
}

function errorsOf(form: AnyForm): ErrorLink[] {
  if (!form.isBound) return []
  const ofFields = form.visibleFields().flatMap((field) =>
    field.errors.map((message) => ({
      label: field.label,
      message,
      target: field.idForLabel || field.autoId || null,
    })),
  )
  const hidden = form.hiddenFields().flatMap((field) => field.errors)
  const ofForm = [...form.nonFieldErrors(), ...hidden].map((message) => ({ label: null, message, target: null }))
  return [...ofForm, ...ofFields]
}
