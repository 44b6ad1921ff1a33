import { didYouMean, ImproperlyConfigured } from '@nuages/foundation'
import { gettext, type Text, textOf } from '@nuages/i18n'
import { nonFieldErrors, ValidationError, type ValidationMessage, type Validator } from '@nuages/orm'
import type { ZodType } from 'zod'
import type { ValueSource } from '../forms/value-source.ts'
import type { Attributes } from '../rendering/attributes.ts'
import { plainText } from '../rendering/plain-text.ts'
import { HiddenInput, TextInput } from '../widgets/input.ts'
import type { Widget } from '../widgets/widget.ts'
import { complaintsOf } from './complaints.ts'
import { commonOptions, type FieldOptions, type Message, type MessageParams } from './field-options.ts'
import { findingsOf } from './findings.ts'

/**
 * One field of a form: what a visitor sends becomes a value of type `T`, or errors. It is declared once, with its form's
 * class; each form has a copy (`form.fields.email`), whose properties may be changed before the form is shown or validated.
 * Django's `Field`.
 */
export abstract class FormField<T = unknown> {
  declare readonly valueType: T

  /** The factory's name: `'email'`. */
  readonly factory: string
  required: boolean
  initial: T | (() => T) | null | undefined
  /** Where there is none, the field's name in words is shown. */
  label: Text | undefined
  helpText: Text
  disabled: boolean
  localize: boolean
  labelSuffix: Text | undefined
  showHiddenInitial: boolean
  validators: readonly Validator[]
  errorMessages: Readonly<Record<string, Message>>
  widget: Widget
  /** What an empty value becomes. */
  readonly emptyValue: unknown = null
  /** Built when it is first asked for; copies share it, so it knows codes of errors and never their texts. */
  protected built: ZodType | undefined

  constructor(factory: string, options: FieldOptions<T>, ownOptions: readonly string[] = []) {
    refuseUnknown(factory, options, [...commonOptions, ...ownOptions])
    this.factory = factory
    this.required = options.required ?? true
    this.initial = options.initial
    this.label = options.label
    this.helpText = options.helpText ?? ''
    this.disabled = options.disabled ?? false
    this.localize = options.localize ?? false
    this.labelSuffix = options.labelSuffix
    this.showHiddenInitial = options.showHiddenInitial ?? false
    this.validators = options.validators ?? []
    this.errorMessages = options.errorMessages ?? {}
    const widget = options.widget ?? this.defaultWidget()
    this.widget = typeof widget === 'function' ? new widget() : widget.copy()
  }

  /** A copy that may be changed without changing this field. */
  copy(): this {
    const copied: this = Object.assign(Object.create(Object.getPrototypeOf(this)), this)
    copied.widget = this.widget.copy()
    return copied
  }

  /** The widget, where the options name none. It is asked before the field knows its other options. */
  protected defaultWidget(): Widget {
    return new TextInput()
  }

  /** What stands for the field in a form that hides it. */
  hiddenWidget(): Widget {
    return new HiddenInput()
  }

  /** What a value that is not empty has to be, and what it becomes: a zod schema whose issues carry Django's codes. */
  protected abstract schema(): ZodType

  /** Texts of errors by code. */
  protected defaultMessages(): Readonly<Record<string, Message>> {
    return { required: gettext('This field is required.'), invalid: gettext('This value is not valid.') }
  }

  /** What was sent, before it is asked whether it is empty. */
  protected prepare(raw: unknown): unknown {
    return raw
  }

  /** Whether nothing was given. Django's `empty_values`. */
  isEmpty(value: unknown): boolean {
    return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  }

  /**
   * The value of what was sent. Throws `ValidationError` with all that is wrong. `initial` is what the page showed: a field
   * that shows less than it holds gives it back where nothing was changed.
   */
  clean(raw: unknown, _initial?: unknown): T | Promise<T> {
    const given = this.prepare(raw)
    if (this.isEmpty(given)) {
      if (this.required) this.fail('required')
      return this.emptyValue as T
    }
    const value = this.convert(given)
    this.runValidators(value)
    return value as T
  }

  /** What the schema makes of a value that is not empty. Throws `ValidationError`. */
  protected convert(given: unknown): unknown {
    this.built ??= this.schema()
    const result = this.built.safeParse(given, { reportInput: true })
    if (result.success) return result.data
    const messages = findingsOf(result.error.issues).map(({ code, params }) => this.messageFor(code, params))
    throw new ValidationError({ [nonFieldErrors]: messages })
  }

  protected runValidators(value: unknown): void {
    const messages = this.validators.flatMap((validator) => complaintsOf(validator, value))
    if (messages.length === 0) return
    const own = messages.map(({ code, message }) => ({ code, message: this.ownText(code, {}) ?? message }))
    throw new ValidationError({ [nonFieldErrors]: own })
  }

  /** The error of that code, in the words of the options or else of the field. */
  messageFor(code: string, params: MessageParams = {}): ValidationMessage {
    const defaults = this.defaultMessages()
    const message = this.ownText(code, params) ?? messageText(defaults[code] ?? defaults['invalid']!, params)
    return { code, message }
  }

  protected fail(code: string, params?: MessageParams): never {
    throw new ValidationError({ [nonFieldErrors]: [this.messageFor(code, params)] })
  }

  private ownText(code: string, params: MessageParams): string | undefined {
    const message = Object.hasOwn(this.errorMessages, code) ? this.errorMessages[code] : undefined
    return message === undefined ? undefined : messageText(message, params)
  }

  /** A value as its widget shows it; what was sent is shown as it is. */
  prepareValue(value: unknown): unknown {
    return value
  }

  /** What a bound form shows: what was sent, unless the field is one that shows what it holds. */
  boundData(data: unknown, initial: unknown): unknown {
    return this.disabled ? initial : data
  }

  /** Whether what was sent is something else than what the page showed. */
  hasChanged(initial: unknown, data: unknown): boolean {
    if (this.disabled) return false
    const before = this.prepare(this.prepareValue(initial))
    const after = this.prepare(data)
    if (this.isEmpty(before) || this.isEmpty(after)) return this.isEmpty(before) !== this.isEmpty(after)
    return plainText(before) !== plainText(after) && this.canonical(before) !== this.canonical(after)
  }

  /** One text for all ways of writing a value, so that they can be compared. */
  protected canonical(given: unknown): string {
    this.built ??= this.schema()
    const result = this.built.safeParse(given)
    return result.success ? this.valueText(result.data) : `invalid ${plainText(given)}`
  }

  /** A value as text that differs where values do. */
  protected valueText(value: unknown): string {
    return String(value)
  }

  /** Attributes that the field gives its widget: `maxlength`, `min`. Those of the widget itself win. */
  widgetAttributes(_widget: Widget): Attributes {
    return {}
  }

  /** Tells the widget what it has to know of the field before it is used. */
  prepareWidget(widget: Widget): Widget {
    widget.isRequired = this.required
    return widget
  }

  /** What was sent for the field. */
  valueFrom(data: ValueSource, files: ValueSource, name: string): unknown {
    return this.prepareWidget(this.widget).valueFromData(data, files, name)
  }
}

function messageText(message: Message, params: MessageParams): string {
  return typeof message === 'function' ? message(params) : textOf(message)
}

function refuseUnknown(factory: string, options: object, known: readonly string[]): void {
  for (const option of Object.keys(options)) {
    if (known.includes(option)) continue
    throw new ImproperlyConfigured(
      `${factory}() takes no option '${option}'.${didYouMean(option, known)} Options: ${known.join(', ')}.`,
    )
  }
}
