import type { AnyForm } from '@nuages/forms'
import type { Kwargs } from '@nuages/urls'
import type { View } from '../../view.ts'
import { ProcessFormView, type ViewFormClass } from './process-form-view.ts'
import { noSuccessUrl, type SuccessUrl, successUrlOf } from './success-url.ts'

/** The class that `FormView` makes. Django's `FormView`. */
export abstract class PlainFormView<F extends AnyForm, P = Kwargs> extends ProcessFormView<F, P> {
  /** Where to after a form was accepted: a URL, `reverseLazy('thanks')`, or a function. */
  successUrl: SuccessUrl<[]> | undefined = undefined

  override getSuccessUrl(): string {
    if (this.successUrl === undefined) throw noSuccessUrl(this)
    return successUrlOf(this.successUrl)
  }
}

/** The constructor that `FormView(ContactForm)` gives: `extends FormView(ContactForm)<{ id: number }>` states the parameters. */
export interface FormViewClass<F extends AnyForm> {
  new <P = Kwargs>(): PlainFormView<F, P>
  readonly asView: typeof View.asView
}

/**
 * A page with a form:
 *
 * ```ts
 * class Contact extends FormView(ContactForm) {
 *   override templateName = 'contact.html'
 *   override successUrl = '/thanks/'
 *
 *   override async formValid(form: ContactForm) {
 *     await send(form.cleanedData.body)
 *     return super.formValid(form)
 *   }
 * }
 * ```
 *
 * A valid form is answered with a redirect (303) to `successUrl`, any other with the page again. The template sees `form`.
 */
export function FormView<F extends AnyForm>(formClass: ViewFormClass<F>): FormViewClass<F> {
  const made = class extends PlainFormView<F> {}
  Object.defineProperty(made.prototype, 'formClass', { value: formClass, writable: true })
  return Object.defineProperty(made, 'name', { value: `${formClass.name}View` }) as unknown as FormViewClass<F>
}
