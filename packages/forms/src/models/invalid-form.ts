import { NuagesError } from '@nuages/foundation'

/**
 * A form or a formset was to be saved and has errors, or saving it met one: another row took a unique value meanwhile, or the
 * row was changed since the form was opened. What is wrong stands in `form.errors`, so the page is simply shown again;
 * `saveIfValid()` answers `null` in place of throwing this.
 */
export class InvalidForm extends NuagesError {
  /** The form, or the formset, that was not saved. */
  readonly form: object

  constructor(form: object, problems: string) {
    super('invalid-form', `${form.constructor.name} was not saved, since it has errors: ${problems}`, {
      hint: 'Ask isValid() first, or call saveIfValid(), and show the form again where it has errors.',
    })
    this.form = form
  }
}
