import type { HttpRequest } from '@nuages/http'
import { BaseForm } from './base-form.ts'
import type { CleanHooks, FormFields } from './form-fields.ts'
import type { FormOptions } from './form-options.ts'

/** The class that `Form` makes for fields `F`; `More` are options beyond those of every form. */
export interface FormClass<F extends FormFields, Made = BaseForm<F>, More = {}> {
  new (options?: FormOptions<keyof F & string> & More): Made
  readonly prototype: Made
  readonly baseFields: F
  /**
   * The form for a request: bound to what a POST (or PUT, or PATCH) sent, unbound for every other method. Throws `BadRequest`
   * where the body is malformed.
   */
  fromRequest<
    Options extends FormOptions<keyof F & string> & More,
    Own extends { readonly cleanedData: unknown } & CleanHooks<F>,
  >(this: new (options?: Options) => Own, request: HttpRequest, options?: Options): Promise<Own>
}

/** A form's class that another may extend. */
export interface ExtendableForm {
  new (options?: never): object
  readonly baseFields: FormFields
}

/** The options of a form's class that are no names of fields. */
type OwnOptions<B> = B extends new (options?: infer O) => object ? Omit<O & object, 'initial' | 'fieldOrder'> : never
type MergedFields<B extends ExtendableForm, F> = Omit<B['baseFields'], keyof F> & F

/** The class of a form that has the fields and methods of `B` and fields of its own. */
export type ExtendedForm<B extends ExtendableForm, F extends FormFields> = Omit<B, keyof FormClass<F>> &
  FormClass<MergedFields<B, F>, InstanceType<B> & BaseForm<MergedFields<B, F>>, OwnOptions<B>>

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
export function Form<F extends FormFields, B extends ExtendableForm>(fields: F, base: B): ExtendedForm<B, F>
export function Form(fields: FormFields, base: object = BaseForm): unknown {
  let own: FormFields | undefined
  class DeclaredForm extends (base as typeof BaseForm) {
    static override get baseFields(): FormFields {
      own ??= { ...fields }
      // biome-ignore lint/complexity/noThisInStatic: the fields of a model form follow from the class that is asked
      return { ...super.baseFields, ...own }
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
