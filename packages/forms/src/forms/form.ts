import type { HttpRequest } from '@nuages/http'
import { BaseForm } from './base-form.ts'
import type { CleanHooks, FormFields } from './form-fields.ts'
import type { FormOptions } from './form-options.ts'

/** The class that `Form` makes for fields `F`. */
export interface FormClass<F extends FormFields, Instance = BaseForm<F>> {
  new (options?: FormOptions<keyof F & string>): Instance
  readonly prototype: Instance
  readonly baseFields: F
  /**
   * The form for a request: bound to what a POST (or PUT, or PATCH) sent, unbound for every other method. Throws `BadRequest`
   * where the body is malformed.
   */
  fromRequest<
    Options extends FormOptions<keyof F & string>,
    Made extends { readonly cleanedData: unknown } & CleanHooks<F>,
  >(this: new (options?: Options) => Made, request: HttpRequest, options?: Options): Promise<Made>
}

/**
 * The class that a form extends:
 *
 * ```ts
 * class ContactForm extends Form({
 *   name: char({ maxLength: 100 }),
 *   email: email({ required: false }),
 * }) {
 *   cleanName(name: string) {
 *     if (name === 'root') throw new ValidationError('That is not your name.')
 *     return name
 *   }
 * }
 * ```
 *
 * With `base` it has that form's fields and methods too; of two fields with the same name, the one given here is used.
 */
export function Form<F extends FormFields>(fields: F): FormClass<F>
export function Form<F extends FormFields, B extends FormFields, I>(
  fields: F,
  base: FormClass<B, I>,
): FormClass<Omit<B, keyof F> & F, I & BaseForm<Omit<B, keyof F> & F>>
export function Form(fields: FormFields, base: typeof BaseForm = BaseForm): unknown {
  class DeclaredForm extends base {
    static #all: FormFields | undefined

    static override get baseFields(): FormFields {
      DeclaredForm.#all ??= { ...base.baseFields, ...fields }
      return DeclaredForm.#all
    }
  }
  for (const name of Object.keys(fields)) defineShortcut(DeclaredForm.prototype, name)
  return DeclaredForm
}

/** `{{ form.email }}` in templates; a name that every form has keeps its meaning, and `form.get(name)` is the field. */
export function defineShortcut(prototype: BaseForm, name: string): void {
  if (name in prototype) return
  Object.defineProperty(prototype, name, {
    configurable: true,
    get(this: BaseForm) {
      return this.get(name)
    },
  })
}
