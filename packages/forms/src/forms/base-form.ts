import type { HttpRequest } from '@nuages/http'
import { nonFieldErrors, ValidationError } from '@nuages/orm'
import { type Renderable, type Rendering, renderable } from '@nuages/templates'
import { FieldNotClean, FormError } from '../errors.ts'
import { formTemplate } from '../rendering/form-template.ts'
import { RenderedPart } from '../rendering/rendered-part.ts'
import { hookName } from './clean-hooks.ts'
import { strictData } from './cleaned-data.ts'
import { FormContents } from './form-contents.ts'
import { ErrorList, FormErrors } from './form-errors.ts'
import type { CleanedData, CleanHooks, FormFields } from './form-fields.ts'
import type { FormOptions } from './form-options.ts'

type Hook = (value: unknown) => unknown
type Names<F> = keyof F & string

const sends: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH'])

/** A form of any fields. */
export type AnyForm = BaseForm<FormFields>

/**
 * What every form is: fields, what was sent, what is wrong with it, and how it is shown. Forms extend `Form({...})`, which
 * extends this. Django's `BaseForm`.
 */
export class BaseForm<F extends FormFields = FormFields> extends FormContents<F> implements Renderable {
  /** The fields of the class. Each form has copies; they are read when the first form asks. */
  static get baseFields(): FormFields {
    return {}
  }

  static async fromRequest(request: HttpRequest, options: FormOptions = {}): Promise<BaseForm> {
    if (!sends.has(request.method)) return new this(options)
    const { fields: data, files } = await request.form()
    return new this({ ...options, data, files })
  }

  #errors: FormErrors | undefined
  #cleaned: Record<string, unknown> = {}
  #validation: Promise<void> | undefined
  #isDone = false

  /**
   * Validates what was sent, once; `false` for an unbound form. The type of `this` checks the form's hooks: `cleanEmail` has
   * to take and to give what the field `email` holds.
   */
  isValid(this: { readonly cleanedData: unknown } & CleanHooks<F>): Promise<boolean> {
    return (this as unknown as BaseForm).validate()
  }

  /** `isValid`, where the fields are not known to the types. */
  protected async validate(): Promise<boolean> {
    if (!this.isBound) return false
    this.#validation ??= this.fullClean()
    await this.#validation
    return this.errors.size === 0
  }

  /** Validates anew: fields, their hooks, `clean()`, `postClean()`. */
  async fullClean(): Promise<void> {
    this.#errors = new FormErrors()
    this.#cleaned = {}
    this.#isDone = false
    if (this.isBound && !(this.emptyPermitted && !(await this.hasChanged()))) {
      for (const name of Object.keys(this.fields)) await this.#cleanField(name)
      await this.#collect(null, () => this.clean())
      await this.postClean()
    }
    this.#isDone = true
  }

  async #cleanField(name: string): Promise<void> {
    const bound = this.get(name)
    await this.#collect(name, async () => {
      this.#cleaned[name] = await bound.clean()
      const hook = (this as unknown as Record<string, unknown>)[hookName(name)]
      if (typeof hook === 'function') this.#cleaned[name] = await (hook as Hook).call(this, this.#cleaned[name])
    })
  }

  async #collect(name: string | null, check: () => unknown): Promise<void> {
    try {
      await check()
    } catch (error) {
      if (error instanceof ValidationError) this.addError(name, error)
      else if (!(error instanceof FieldNotClean)) throw error
      else if (name !== null) delete this.#cleaned[name]
    }
  }

  /**
   * Override it to check the form as a whole: throw `ValidationError`, or call `addError`. It ends where it reads the value
   * of a field that has errors.
   */
  clean(): void | Promise<void> {}

  /** What kinds of forms check after `clean()`; a model form asks its model. */
  protected async postClean(): Promise<void> {}

  /**
   * The values, of the types that the fields have. Throws `FormError` before `isValid()` was awaited; reading a field that
   * has errors throws `FieldNotClean`.
   */
  get cleanedData(): CleanedData<F> {
    if (!this.#errors) throw this.#notValidated('cleanedData')
    if (this.#isDone && this.#errors.size === 0) return this.#cleaned as CleanedData<F>
    return strictData(this.#cleaned, this.constructor.name, this.fields) as CleanedData<F>
  }

  /** What is wrong, by field. Throws `FormError` where the form is bound and `isValid()` was not awaited. */
  get errors(): FormErrors {
    if (this.#errors) return this.#errors
    if (this.isBound) throw this.#notValidated('errors')
    return new FormErrors()
  }

  #notValidated(member: string): FormError {
    return new FormError(`${this.constructor.name}.${member} was read before the form was validated.`, {
      hint: this.isBound
        ? 'Await form.isValid() first.'
        : 'The form is not bound: give it data, or make it with fromRequest().',
    })
  }

  /** Errors that belong to no field. */
  nonFieldErrors(): ErrorList {
    return this.errors.get(nonFieldErrors) ?? new ErrorList({ errorClass: 'errorlist nonfield' })
  }

  /**
   * Says that something is wrong with a field, or with the whole (`null`); a `ValidationError` with fields of its own goes to
   * those. The field's value leaves `cleanedData`.
   */
  addError(field: Names<F> | null, error: string | ValidationError): void {
    if (!this.#errors) throw this.#notValidated('addError()')
    const { errors } = typeof error === 'string' ? new ValidationError(error) : error
    for (const [key, messages] of Object.entries(errors)) {
      const name = key === nonFieldErrors ? (field ?? nonFieldErrors) : key
      const list = this.#errorsOf(name)
      for (const message of messages) list.add(message)
      delete this.#cleaned[name]
    }
  }

  #errorsOf(name: string): ErrorList {
    let list = this.#errors!.get(name)
    if (!list) {
      list =
        name === nonFieldErrors
          ? new ErrorList({ errorClass: 'errorlist nonfield' })
          : new ErrorList({ id: this.get(name).errorId })
      this.#errors!.set(name, list)
    }
    return list
  }

  /** Whether a field (or the whole: `null`) has errors, or one with that code. */
  hasError(field: Names<F> | null, code?: string): boolean {
    const list = this.errors.get(field ?? nonFieldErrors)
    return list !== undefined && (code === undefined || list.hasCode(code))
  }

  /** Whether the visitor changed anything. */
  async hasChanged(): Promise<boolean> {
    return (await this.changedData).length > 0
  }

  /** The names of the fields that the visitor changed. */
  get changedData(): Promise<readonly Names<F>[]> {
    const fields = Array.from(this)
    return Promise.all(fields.map((field) => field.hasChanged())).then(
      (changed) => fields.filter((_, index) => changed[index]).map(({ name }) => name) as Names<F>[],
    )
  }

  /** The errors that stand above the fields: those of the whole, and those of fields that are hidden. */
  topErrors(): ErrorList {
    const list = new ErrorList({ errorClass: 'errorlist nonfield' })
    for (const message of this.nonFieldErrors().data) list.add(message)
    for (const field of this.hiddenFields()) {
      for (const { code, message } of field.errors.data)
        list.add({ code, message: `(Hidden field ${field.name}) ${message}` })
    }
    return list
  }

  /** All errors in one list with links to the fields, to be printed above a long form; nothing where there are none. */
  errorSummary(): RenderedPart {
    const fields = this.visibleFields().filter((field) => field.errors.length > 0)
    return new RenderedPart(formTemplate('errors/summary.html'), { top: this.topErrors(), fields })
  }

  /** Each field in a `<div>`: what `{{ form }}` prints. */
  asDiv(): RenderedPart {
    return new RenderedPart(formTemplate('div.html'), { form: this })
  }

  [renderable](): Rendering {
    return this.asDiv()[renderable]()
  }
}
