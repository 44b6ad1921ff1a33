import { didYouMean, ImproperlyConfigured } from '@nuages/foundation'
import type { HttpRequest } from '@nuages/http'
import { nonFieldErrors, ValidationError } from '@nuages/orm'
import { type Renderable, type Rendering, renderable } from '@nuages/templates'
import { FieldNotClean, FormError } from '../errors.ts'
import type { FormField } from '../fields/form-field.ts'
import { formTemplate } from '../rendering/form-template.ts'
import { RenderedPart } from '../rendering/rendered-part.ts'
import { BoundField } from './bound-field.ts'
import { strictData } from './cleaned-data.ts'
import { ErrorList, FormErrors } from './form-errors.ts'
import type { CleanedData, CleanHooks, FormFields, ValueOf } from './form-fields.ts'
import type { FormOptions } from './form-options.ts'
import { orderedFields } from './ordered-fields.ts'
import { type ValueSource, valueSource } from './value-source.ts'

type Hook = (value: unknown) => unknown
type Names<F> = keyof F & string

const sends: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH'])

/** A form of any fields. */
export type AnyForm = BaseForm<FormFields>

/**
 * What every form is: fields, what was sent, what is wrong with it, and how it is shown. Forms extend `Form({...})`, which
 * extends this. Django's `BaseForm`.
 */
export class BaseForm<F extends FormFields = FormFields> implements Renderable {
  /** The fields of the class. Each form has copies; they are read when the first form asks. */
  static get baseFields(): FormFields {
    return {}
  }

  static async fromRequest(request: HttpRequest, options: FormOptions = {}): Promise<BaseForm> {
    if (!sends.has(request.method)) return new this(options)
    const { fields: data, files } = await request.form()
    return new this({ ...options, data, files })
  }

  readonly data: ValueSource
  readonly files: ValueSource
  readonly initial: Readonly<Record<string, unknown>>
  readonly isBound: boolean
  prefix: string | undefined
  autoId: string | boolean
  labelSuffix: string
  emptyPermitted: boolean
  useRequiredAttribute: boolean
  fieldOrder: readonly string[]
  #fields: Record<string, FormField> | undefined
  #boundFields = new Map<string, BoundField>()
  #errors: FormErrors | undefined
  #cleaned: Record<string, unknown> = {}
  #validation: Promise<void> | undefined
  #isDone = false

  constructor(options: FormOptions<Names<F>> = {}) {
    this.isBound = isGiven(options.data) || isGiven(options.files)
    this.data = valueSource(options.data)
    this.files = valueSource(options.files)
    this.initial = options.initial ?? {}
    this.prefix = options.prefix
    this.autoId = options.autoId ?? 'id_%s'
    this.labelSuffix = options.labelSuffix ?? ''
    this.emptyPermitted = options.emptyPermitted ?? false
    this.useRequiredAttribute = options.useRequiredAttribute ?? !this.emptyPermitted
    this.fieldOrder = options.fieldOrder ?? []
  }

  // Fields

  /** This form's own copies of the fields, by name: they may be changed, and others added, before the form is used. */
  get fields(): F & Record<string, FormField> {
    if (!this.#fields) {
      const { baseFields } = this.constructor as typeof BaseForm
      checkHooks(this, baseFields)
      this.#fields = orderedFields(baseFields, this.fieldOrder)
    }
    return this.#fields as F & Record<string, FormField>
  }

  /** A field together with what was sent for it. Throws `FormError` where the form has no such field. */
  get<K extends Names<F>>(name: K): BoundField<ValueOf<F[K]>>
  get(name: string): BoundField
  get(name: string): BoundField {
    const field = Object.hasOwn(this.fields, name) ? this.fields[name] : undefined
    if (!field) {
      const names = Object.keys(this.fields)
      throw new FormError(
        `${this.constructor.name} has no field '${name}'.${didYouMean(name, names)} Fields: ${names.join(', ') || 'none'}.`,
      )
    }
    let bound = this.#boundFields.get(name)
    if (bound?.field !== field) {
      bound = new BoundField(this as unknown as AnyForm, field, name)
      this.#boundFields.set(name, bound)
    }
    return bound
  }

  /** Every field by name, together with what was sent for it. */
  get boundFields(): { readonly [K in Names<F>]: BoundField<ValueOf<F[K]>> } {
    return Object.fromEntries(Array.from(this, (field) => [field.name, field])) as never
  }

  *[Symbol.iterator](): IterableIterator<BoundField> {
    for (const name of Object.keys(this.fields)) yield this.get(name)
  }

  visibleFields(): readonly BoundField[] {
    return Array.from(this).filter((field) => !field.isHidden)
  }

  hiddenFields(): readonly BoundField[] {
    return Array.from(this).filter((field) => field.isHidden)
  }

  /** Whether the page has to send the form as `multipart/form-data`. */
  isMultipart(): boolean {
    return Object.values(this.fields).some((field) => field.widget.needsMultipart)
  }

  /** The name of a field's input. */
  addPrefix(name: string): string {
    return this.prefix ? `${this.prefix}-${name}` : name
  }

  /** The name of the hidden input that holds what the page showed. */
  addInitialPrefix(name: string): string {
    return `initial-${this.addPrefix(name)}`
  }

  /** What the page shows of a field before anything is sent: the form's initial value, or else the field's own. */
  getInitialForField(field: FormField, name: string): unknown {
    const value = Object.hasOwn(this.initial, name) ? this.initial[name] : field.initial
    return typeof value === 'function' ? value() : value
  }

  // Validation

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

  // Rendering

  /** Each field in a `<div>`: what `{{ form }}` prints. */
  asDiv(): RenderedPart {
    return new RenderedPart(formTemplate('div.html'), { form: this })
  }

  [renderable](): Rendering {
    return this.asDiv()[renderable]()
  }
}

function isGiven(value: unknown): boolean {
  return value !== null && value !== undefined
}

function hookName(field: string): string {
  return `clean${field.charAt(0).toUpperCase()}${field.slice(1)}`
}

const checkedHooks = new WeakSet<object>()

/** A hook whose field is not there would never be called, and nobody would know. */
function checkHooks(form: object, fields: FormFields): void {
  if (checkedHooks.has(form.constructor)) return
  const hooks = new Set(Object.keys(fields).map(hookName))
  for (let level = form; level !== BaseForm.prototype; level = Object.getPrototypeOf(level)) {
    for (const name of Object.getOwnPropertyNames(level)) {
      if (!/^clean[A-Z]/.test(name) || hooks.has(name) || typeof Reflect.get(level, name, form) !== 'function') continue
      throw new ImproperlyConfigured(
        `${form.constructor.name}.${name}() is never called: the form has no field of that name.${didYouMean(name, hooks)}`,
      )
    }
  }
  checkedHooks.add(form.constructor)
}
