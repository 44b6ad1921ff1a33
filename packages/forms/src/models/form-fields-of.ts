import { didYouMean, ImproperlyConfigured } from '@nuages/foundation'
import { Field, ManyToManyField, type ModelMeta } from '@nuages/orm'
import type { FormField } from '../fields/form-field.ts'
import type { FormFields } from '../forms/form-fields.ts'
import { type EditedField, editedFields } from './assign-cleaned.ts'
import { modelFormField } from './model-form-field.ts'
import type { FieldChanges, ModelFormSettings } from './model-form-options.ts'
import { VersionField, versionName } from './version-field.ts'

/** The names of the model's fields that a form edits, in its order. */
export function editedNames(form: string, meta: ModelMeta, settings: ModelFormSettings): readonly string[] {
  const all = editedFields(meta).map(({ name }) => name)
  const left = new Set(settings.exclude ?? [])
  for (const name of [...(settings.fields === 'all' ? [] : settings.fields), ...left]) checkName(form, meta, all, name)
  return (settings.fields === 'all' ? all : settings.fields).filter((name) => !left.has(name))
}

function checkName(form: string, meta: ModelMeta, all: readonly string[], name: string): void {
  if (all.includes(name)) return
  const member = meta.member(name)
  const isOwn = member instanceof Field || member instanceof ManyToManyField
  throw new ImproperlyConfigured(
    isOwn
      ? `${form} cannot edit '${name}': in ${meta.name} it is a key that the database numbers, or editable: false.`
      : `${form} names '${name}', which ${meta.name} does not have.${didYouMean(name, all)} Fields: ${all.join(', ')}.`,
  )
}

/** The form fields of a model form: those of the model, then its own, then the hidden one that says what the page showed. */
export function formFieldsOf(form: string, meta: ModelMeta, settings: ModelFormSettings): FormFields {
  const fields: Record<string, FormField> = {}
  const own = settings.formFields ?? {}
  for (const name of editedNames(form, meta, settings)) {
    const made = own[name] ?? modelFormField(meta.member(name) as EditedField, changesOf(name, settings))
    if (made) fields[name] = made
  }
  Object.assign(fields, own)
  return settings.versionCheck ? { ...fields, [versionName]: new VersionField() } : fields
}

function changesOf(name: string, settings: ModelFormSettings): FieldChanges {
  const { localizedFields } = settings
  const given = {
    widget: settings.widgets?.[name],
    label: settings.labels?.[name],
    helpText: settings.helpTexts?.[name],
    errorMessages: settings.errorMessages?.[name],
    fieldClass: settings.fieldClasses?.[name],
    localize: localizedFields === 'all' || localizedFields?.includes(name) || undefined,
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}
