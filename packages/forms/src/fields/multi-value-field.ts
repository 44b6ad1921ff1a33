import { gettext } from '@nuages/i18n'
import { nonFieldErrors, ValidationError, type ValidationMessage } from '@nuages/orm'
import { type ZodType, z } from 'zod'
import type { FieldOptions, Message } from './field-options.ts'
import { FormField } from './form-field.ts'

export interface MultiValueOptions<T, Required extends boolean = boolean> extends FieldOptions<T, Required> {
  /** `false`: an empty part is an error where that part is required, whatever the whole is. Default `true`. */
  readonly requireAllFields?: boolean
}

/** A value that several fields make together. Subclasses say how. Django's `MultiValueField`. */
export abstract class MultiValueField<T> extends FormField<T> {
  parts: readonly FormField[]
  readonly requireAllFields: boolean

  constructor(
    factory: string,
    parts: readonly FormField[],
    options: MultiValueOptions<T>,
    more: readonly string[] = [],
  ) {
    super(factory, options, ['requireAllFields', ...more])
    this.requireAllFields = options.requireAllFields ?? true
    this.parts = parts
  }

  /** The whole of its parts' values. */
  protected abstract compress(values: readonly unknown[]): unknown

  /** The parts of a whole, as the widget takes it apart. */
  protected abstract decompress(value: unknown): readonly unknown[]

  protected override schema(): ZodType {
    return z.unknown()
  }

  override isEmpty(value: unknown): boolean {
    return super.isEmpty(value) || (Array.isArray(value) && value.every((part) => super.isEmpty(part)))
  }

  override async clean(raw: unknown, initial?: unknown): Promise<T> {
    if (this.isEmpty(raw)) return super.clean(null)
    const given = Array.isArray(raw) ? raw : this.decompress(raw)
    const before = this.isEmpty(initial) ? [] : this.decompress(initial)
    const messages: ValidationMessage[] = []
    const values: unknown[] = []
    for (const [index, part] of this.parts.entries()) {
      if (part.isEmpty(given[index]) && this.required && this.requireAllFields)
        messages.push(this.messageFor('required'))
      else if (part.isEmpty(given[index]) && part.required) messages.push(this.messageFor('incomplete'))
      else values.push(await this.cleanPart(part, given[index], before[index], messages))
    }
    const distinct = messages.filter(({ code }, index) => messages.findIndex((other) => other.code === code) === index)
    if (messages.length > 0) throw new ValidationError({ [nonFieldErrors]: distinct })
    const value = this.compress(values)
    this.runValidators(value)
    return value as T
  }

  private async cleanPart(
    part: FormField,
    given: unknown,
    before: unknown,
    messages: ValidationMessage[],
  ): Promise<unknown> {
    try {
      return part.isEmpty(given) ? part.emptyValue : await part.clean(given, before)
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error
      messages.push(...Object.values(error.errors).flat())
      return null
    }
  }

  override hasChanged(initial: unknown, data: unknown): boolean {
    if (this.disabled) return false
    const before = this.isEmpty(initial) ? [] : this.decompress(initial)
    const after = Array.isArray(data) ? data : this.isEmpty(data) ? [] : this.decompress(data)
    return this.parts.some((part, index) => part.hasChanged(before[index], after[index]))
  }

  protected override defaultMessages(): Readonly<Record<string, Message>> {
    return { ...super.defaultMessages(), incomplete: gettext('Enter a complete value.') }
  }
}
