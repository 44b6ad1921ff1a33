import { ImproperlyConfigured } from '@nuages/foundation'
import type { HttpRequest } from '@nuages/http'
import type { AnyForm } from '../forms/base-form.ts'
import { BaseFormSet } from './base-form-set.ts'
import { type FormSetInit, type FormSetOptions, type FormSetSettings, formSetSettings } from './form-set-options.ts'

/** A class of forms, as formsets take it. */
export interface FormClassOf<Made> {
  new (options?: never): Made
  readonly baseFields: object
}

/** The class that `FormSet` makes for a form. */
export interface FormSetClass<Made extends AnyForm> {
  new (options?: FormSetInit): BaseFormSet<Made>
  readonly prototype: BaseFormSet<Made>
  readonly settings: FormSetSettings
  readonly defaultPrefix: string
  /**
   * The formset for a request: bound to what a POST (or PUT, or PATCH) sent, unbound for every other method. Throws
   * `BadRequest` where the body is malformed.
   */
  fromRequest<Own>(this: new (options?: FormSetInit) => Own, request: HttpRequest, options?: FormSetInit): Promise<Own>
}

/**
 * The class that a formset extends: several forms of one class on one page.
 *
 * ```ts
 * class ContactFormSet extends FormSet(ContactForm, { extra: 2, canDelete: true }) {}
 *
 * const formset = await ContactFormSet.fromRequest(request)
 * if (await formset.isValid()) for (const { email } of formset.cleanedData) …
 * ```
 */
export function FormSet<Made extends AnyForm>(
  form: FormClassOf<Made>,
  options: FormSetOptions = {},
): FormSetClass<Made> {
  checkForm('FormSet', form)
  const settings = formSetSettings(options)
  class DeclaredFormSet extends BaseFormSet<Made> {
    static override get form(): unknown {
      return form
    }

    static override get settings(): FormSetSettings {
      return settings
    }
  }
  return DeclaredFormSet as never
}

export function checkForm(factory: string, form: unknown): void {
  if (typeof form === 'function') return
  throw new ImproperlyConfigured(`${factory}() takes the class of a form. Got: ${String(form)}.`)
}
