import type { AnyForm } from '@nuages/forms'
import type { ModelMeta } from '@nuages/orm'
import { TextField } from '@nuages/orm'

/**
 * Tells the script which fields fill themselves in from which, by attributes of their inputs. It does so while they are empty;
 * without script they are filled in by hand.
 */
export function markPrepopulated(
  form: AnyForm,
  meta: ModelMeta,
  prepopulated: Readonly<Record<string, readonly string[] | undefined>> = {},
): void {
  const fields: AnyForm['fields'] = form.fields
  for (const [name, sources] of Object.entries(prepopulated)) {
    const field = fields[name]
    const inputs = (sources ?? []).filter((source) => source in fields).map((source) => form.get(source).idForLabel)
    if (field === undefined || inputs.length === 0) continue
    const column = meta.field(name)
    field.widget.attrs = {
      ...field.widget.attrs,
      'data-prepopulate-from': inputs.join(' '),
      'data-prepopulate-max-length': column instanceof TextField ? column.maxLength : undefined,
    }
  }
}
