import { formatList, gettext } from '@nuages/i18n'
import { type Field, type ModelMeta, nonFieldErrors, ValidationError } from '@nuages/orm'
import type { AnyModelForm } from '../models/base-model-form.ts'

type Values = Readonly<Record<string, unknown>>

/**
 * Whether forms of one page would give two rows the same unique values, which no query can tell before one of them is saved.
 * `shared` are fields that have one value in all of them.
 */
export function checkUniqueAmong(
  forms: readonly AnyModelForm[],
  meta: ModelMeta,
  shared: readonly string[],
  report: (error: ValidationError) => void,
): void {
  const sets = [...meta.fields.filter(({ unique }) => unique).map((field) => [field]), ...meta.uniqueTogether]
  for (const fields of sets) {
    const shown = fields.filter(({ name }) => !shared.includes(name))
    if (shown.length === 0) continue
    const repeated = repeating(forms, shown)
    if (repeated.length === 0) continue
    const names = formatList(shown.map(({ verboseName }) => verboseName))
    report(new ValidationError(gettext('Two of them have the same {field}.', { field: names }), { code: 'unique' }))
    const message = gettext('Another {model} on this page has the same {field}.', {
      model: meta.verboseName,
      field: names,
    })
    for (const form of repeated) {
      const [only] = shown.length === 1 ? shown : []
      form.addError(
        (only?.name ?? null) as never,
        new ValidationError({ [nonFieldErrors]: [{ code: 'unique', message }] }),
      )
    }
  }
}

/** The forms whose values an earlier one has. NULL is like no other. */
function repeating(forms: readonly AnyModelForm[], fields: readonly Field[]): AnyModelForm[] {
  const seen = new Set<string>()
  return forms.filter((form) => {
    const values = form.cleanedData as Values
    if (!fields.every(({ name }) => Object.hasOwn(form.fields, name) && Object.hasOwn(values, name))) return false
    const row = fields.map((field) => comparable(field, values[field.name]))
    if (row.includes(null)) return false
    const key = JSON.stringify(row)
    if (seen.has(key)) return true
    seen.add(key)
    return false
  })
}

/** As the column holds it; of a row that a key names, its key. */
function comparable(field: Field, value: unknown): string | null {
  if (value === null || value === undefined) return null
  const key = typeof value === 'object' && 'pk' in value ? value.pk : value
  const held = field.toSql(key)
  return held === null ? null : String(held)
}
