import { gettext } from '@nuages/i18n'
import type { Field } from '@nuages/orm'
import { type ZodType, z } from 'zod'
import { FormField } from '../fields/form-field.ts'
import { HiddenInput } from '../widgets/input.ts'

/**
 * The hidden input that says which row a form of a model formset is about. It takes no other key than that of the row which
 * the formset found for the form, and none where the form is for a new row.
 */
export class RowKeyField extends FormField<unknown> {
  /** The key to come; `''` for a new row, and nothing fits where there is no row for a form that must have one. */
  private readonly key: string | undefined
  private readonly rowName: string

  /** `row` is `null` in the form of a new row, and `undefined` where there is none for the key that was sent. */
  constructor(key: Field, row: object | null | undefined, verboseName: string) {
    super('rowKey', { required: false, widget: HiddenInput })
    const value = (row as Record<string, unknown> | null | undefined)?.[key.attribute]
    this.initial = value ?? null
    this.key = row === null ? '' : row && String(value)
    this.rowName = verboseName
  }

  protected override schema(): ZodType {
    return z.unknown()
  }

  override clean(raw: unknown): unknown {
    if ((this.isEmpty(raw) ? '' : String(raw)) === this.key) return this.initial
    return this.fail('invalid_choice')
  }

  override hasChanged(): boolean {
    return false
  }

  protected override defaultMessages(): Readonly<Record<string, string>> {
    return {
      ...super.defaultMessages(),
      invalid_choice: gettext('There is no such {model} here: it was deleted meanwhile, or belongs elsewhere.', {
        model: this.rowName,
      }),
    } as never
  }
}
