import { isPending } from '@nuages/foundation'
import type { SafeString, TemplateContext, TemplateName } from '@nuages/templates'
import type { ValueSource } from '../forms/value-source.ts'
import { type Attributes, attributesHtml } from '../rendering/attributes.ts'
import { formTemplate } from '../rendering/form-template.ts'
import { plainText } from '../rendering/plain-text.ts'
import { RenderedPart } from '../rendering/rendered-part.ts'
import { afterLoading } from '../rendering/settled.ts'

/** What the template of a widget sees under `widget`. */
export interface WidgetContext {
  readonly name: string
  readonly isHidden: boolean
  readonly required: boolean
  /** As the widget shows it; it may have to be loaded first. */
  readonly value: unknown
  readonly attrs: Attributes
  /** The attributes as they stand in the tag. */
  readonly attributes: SafeString
  readonly [more: string]: unknown
}

/**
 * How a field is shown and how what was sent is found. Its options are HTML attributes: `new Textarea({ rows: 8 })`. Django's
 * `Widget`.
 */
export abstract class Widget {
  attrs: Attributes
  /** Set by the field before the widget is used. */
  isRequired = false
  /** The template below `nuages/forms/`. */
  abstract readonly templateName: string

  constructor(attrs: Attributes = {}) {
    this.attrs = { ...attrs }
  }

  copy(): this {
    return Object.assign(Object.create(Object.getPrototypeOf(this)), this, { attrs: { ...this.attrs } })
  }

  get isHidden(): boolean {
    return false
  }

  /** Whether its form has to be sent as `multipart/form-data`. */
  get needsMultipart(): boolean {
    return false
  }

  /** Whether it is several inputs, which a fieldset with a legend holds together. */
  get useFieldset(): boolean {
    return false
  }

  /** The templates to render it with: the first that exists. A widget of your own names its own here. */
  get templates(): readonly TemplateName[] {
    return formTemplate(this.templateName)
  }

  /** A value as the page shows it. */
  formatValue(value: unknown): unknown {
    return plainText(value)
  }

  valueFromData(data: ValueSource, _files: ValueSource, name: string): unknown {
    return data.get(name)
  }

  /** Whether the form that was sent did not have the widget; a browser leaves out a checkbox that is not ticked. */
  valueOmittedFromData(data: ValueSource, _files: ValueSource, name: string): boolean {
    return !data.has(name)
  }

  /** Whether the attribute `required` says the right thing to the browser. */
  useRequiredAttribute(_initial: unknown): boolean {
    return !this.isHidden
  }

  /** The id that the label names; `''` where a label cannot. */
  idForLabel(id: string): string {
    return id
  }

  getContext(name: string, value: unknown, attrs: Attributes): WidgetContext {
    const all = { ...this.attrs, ...attrs }
    return {
      name,
      isHidden: this.isHidden,
      required: this.isRequired,
      value: isPending(value) ? afterLoading([value], (loaded) => this.formatValue(loaded)) : this.formatValue(value),
      attrs: all,
      attributes: attributesHtml(all),
    }
  }

  /** The widget with that value, to be printed. */
  render(name: string, value: unknown, attrs: Attributes = {}): RenderedPart {
    const context: TemplateContext = { widget: this.getContext(name, value, attrs) }
    return new RenderedPart(this.templates, context)
  }
}
