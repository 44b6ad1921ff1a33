import { textOf } from '@nuages/i18n'
import { type Renderable, type Rendering, renderable } from '@nuages/templates'
import type { FormField } from '../fields/form-field.ts'
import { type Attributes, attributesHtml } from '../rendering/attributes.ts'
import { formTemplate } from '../rendering/form-template.ts'
import { labelFromName } from '../rendering/label-from-name.ts'
import { RenderedPart } from '../rendering/rendered-part.ts'
import { afterLoading, settle } from '../rendering/settled.ts'
import type { Widget } from '../widgets/widget.ts'
import type { AnyForm } from './base-form.ts'
import { ErrorList } from './form-errors.ts'

/** What a widget is printed with. */
export interface WidgetRendering {
  readonly widget?: Widget
  readonly attrs?: Attributes
  /** The hidden input that holds what the page showed. */
  readonly onlyInitial?: boolean
}

/**
 * A field of a form together with what was sent for it: what templates show. `{{ field }}` is its widget alone,
 * `{{ field.asFieldGroup() }}` the whole of label, help, errors and widget. Django's `BoundField`.
 */
export class BoundField<T = unknown> implements Renderable {
  readonly form: AnyForm
  readonly field: FormField<T>
  readonly name: string
  /** The name of its input. */
  readonly htmlName: string
  readonly htmlInitialName: string
  #initial: { readonly value: unknown } | undefined
  #errors: ErrorList | undefined

  constructor(form: AnyForm, field: FormField<T>, name: string) {
    this.form = form
    this.field = field
    this.name = name
    this.htmlName = form.addPrefix(name)
    this.htmlInitialName = form.addInitialPrefix(name)
  }

  // What was sent, and what was there before

  /** What was sent: text, texts or a file, as the widget finds them. */
  get data(): unknown {
    return this.field.valueFrom(this.form.data, this.form.files, this.htmlName)
  }

  /** What the page showed before anything was sent; a function is called once. */
  get initial(): unknown {
    this.#initial ??= { value: this.form.getInitialForField(this.field, this.name) }
    return this.#initial.value
  }

  /** What the widget shows: what was sent, or else the initial value. */
  value(): unknown {
    const { field, initial } = this
    return afterLoading([initial], (loaded) =>
      field.prepareValue(this.form.isBound ? field.boundData(this.data, loaded) : loaded),
    )
  }

  #initialShown(): unknown {
    return afterLoading([this.initial], (loaded) => this.field.prepareValue(loaded))
  }

  /** The field's value of what was sent. Throws `ValidationError`. */
  async clean(): Promise<T> {
    const initial = await settle(this.initial)
    return this.field.clean(this.field.disabled ? initial : this.data, initial)
  }

  async hasChanged(): Promise<boolean> {
    return this.field.hasChanged(await this.#shownValue(), this.data)
  }

  async #shownValue(): Promise<unknown> {
    if (!this.field.showHiddenInitial) return settle(this.initial)
    const { data, files } = this.form
    try {
      return await this.field.clean(this.field.hiddenWidget().valueFromData(data, files, this.htmlInitialName))
    } catch {
      return settle(this.initial)
    }
  }

  get errors(): ErrorList {
    const known = this.form.errors.get(this.name)
    if (known) return known
    this.#errors ??= new ErrorList({ id: this.errorId })
    return this.#errors
  }

  // Words

  get label(): string {
    const { label } = this.field
    return label === undefined ? labelFromName(this.name) : textOf(label)
  }

  get helpText(): string {
    return textOf(this.field.helpText)
  }

  get isHidden(): boolean {
    return this.field.widget.isHidden
  }

  get isRequired(): boolean {
    return this.field.required
  }

  /** Whether it is several inputs, which a fieldset holds together. */
  get useFieldset(): boolean {
    return this.field.widget.useFieldset
  }

  /** The widget's class, such as `'TextInput'`: for templates that show kinds of fields in different ways. */
  get widgetType(): string {
    return this.field.widget.constructor.name
  }

  // Ids

  /** The widget's id; `''` where the form gives none. */
  get autoId(): string {
    const { autoId } = this.form
    if (typeof autoId === 'string' && autoId.includes('%s')) return autoId.replace('%s', () => this.htmlName)
    return autoId ? this.htmlName : ''
  }

  /** The id that the label names. */
  get idForLabel(): string {
    const { widget } = this.field
    const id = widget.attrs['id'] ?? this.autoId
    return id ? widget.idForLabel(String(id)) : ''
  }

  /** Where a link to the field leads: its input, or the first of several. */
  get anchor(): string {
    return this.idForLabel || this.autoId
  }

  get helpId(): string {
    return `${this.autoId || this.htmlName}_help`
  }

  get errorId(): string {
    return `${this.autoId || this.htmlName}_error`
  }

  /** The ids of its help text and its errors, where there are any. */
  get describedBy(): string {
    const ids = [this.helpText && this.helpId, this.errors.length > 0 && this.errorId]
    return ids.filter(Boolean).join(' ')
  }

  // Rendering

  /** The widget, or another with the same value. */
  asWidget({ widget = this.field.widget, attrs = {}, onlyInitial = false }: WidgetRendering = {}): RenderedPart {
    const shown = this.field.prepareWidget(widget.copy())
    const name = onlyInitial ? this.htmlInitialName : this.htmlName
    const own = { ...this.field.widgetAttributes(shown), ...shown.attrs, ...this.#attributes(shown), ...attrs }
    return shown.render(name, onlyInitial ? this.#initialShown() : this.value(), own)
  }

  asHidden(attrs: Attributes = {}): RenderedPart {
    return this.asWidget({ widget: this.field.hiddenWidget(), attrs })
  }

  /** Label, help text, errors and widget together. */
  asFieldGroup(): RenderedPart {
    return new RenderedPart(formTemplate('field.html'), { field: this })
  }

  /** The label, `<legend>` for several inputs; other text and attributes may be given. */
  labelTag(contents: unknown = this.label, attrs: Attributes = {}): RenderedPart {
    const suffix = textOf(this.field.labelSuffix ?? this.form.labelSuffix)
    const tag = this.useFieldset ? 'legend' : 'label'
    const id = tag === 'label' ? this.idForLabel : ''
    const attributes = attributesHtml({ for: id || null, ...attrs })
    return new RenderedPart(formTemplate('label.html'), { field: this, tag, contents, suffix, attributes })
  }

  [renderable](): Rendering {
    const widget = this.asWidget()
    if (!this.field.showHiddenInitial) return widget[renderable]()
    const initial = this.asWidget({ widget: this.field.hiddenWidget(), attrs: { id: null }, onlyInitial: true })
    return { template: formTemplate('parts.html'), context: { parts: [widget, initial] } }
  }

  #attributes(widget: Widget): Attributes {
    const { field, form } = this
    const isInvalid = !widget.isHidden && this.errors.length > 0
    return {
      id: (widget.attrs['id'] ?? this.autoId) || null,
      required: form.useRequiredAttribute && field.required && widget.useRequiredAttribute(this.initial),
      disabled: field.disabled,
      // A fieldset says for all of its inputs what describes them.
      'aria-describedby': widget.isHidden || widget.useFieldset ? null : this.describedBy || null,
      'aria-invalid': isInvalid ? 'true' : null,
    }
  }
}
