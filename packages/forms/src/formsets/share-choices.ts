import { ModelChoiceField } from '../fields/model-choice-field.ts'
import type { AnyForm } from '../forms/base-form.ts'

/** Forms that choose from the same rows: the page reads them once, and not once for each form. */
export class ShareChoices {
  readonly #first = new Map<string, ModelChoiceField>()

  share(form: AnyForm): void {
    for (const [name, field] of Object.entries(form.fields)) {
      if (!(field instanceof ModelChoiceField)) continue
      const first = this.#first.get(name)
      if (!first) this.#first.set(name, field)
      else if (isAlike(first, field)) field.options = first.options
    }
  }
}

function isAlike(a: ModelChoiceField, b: ModelChoiceField): boolean {
  return (
    a.queryset === b.queryset &&
    a.emptyLabel === b.emptyLabel &&
    a.toFieldName === b.toFieldName &&
    a.labelFromInstance === b.labelFromInstance &&
    a.required === b.required &&
    a.initial === b.initial
  )
}
