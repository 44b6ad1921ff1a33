import { didYouMean } from '@nuages/foundation'
import type { Text } from '@nuages/i18n'
import { FormError } from '../errors.ts'
import type { FormField } from '../fields/form-field.ts'
import type { AnyForm } from './base-form.ts'
import { BoundField } from './bound-field.ts'
import { checkHooks } from './clean-hooks.ts'
import type { FormFields, ValueOf } from './form-fields.ts'
import type { FormOptions } from './form-options.ts'
import { orderedFields } from './ordered-fields.ts'
import { type ValueSource, valueSource } from './value-source.ts'

type Names<F> = keyof F & string

/** What a form holds: its fields, what was sent for them, and what they showed before. `BaseForm` validates and shows it. */
export abstract class FormContents<F extends FormFields> {
  readonly data: ValueSource
  readonly files: ValueSource
  readonly initial: Readonly<Record<string, unknown>>
  readonly isBound: boolean
  prefix: string | undefined
  autoId: string | boolean
  labelSuffix: Text
  emptyPermitted: boolean
  useRequiredAttribute: boolean
  fieldOrder: readonly string[]
  #fields: Record<string, FormField> | undefined
  #boundFields = new Map<string, BoundField>()

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

  /** This form's own copies of the fields, by name: they may be changed, and others added, before the form is used. */
  get fields(): F & Record<string, FormField> {
    if (!this.#fields) {
      const { baseFields } = this.constructor as unknown as { readonly baseFields: FormFields }
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
}

function isGiven(value: unknown): boolean {
  return value !== null && value !== undefined
}
