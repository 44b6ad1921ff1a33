import type { ValueSource } from '../forms/value-source.ts'
import type { Attributes } from '../rendering/attributes.ts'
import type { RenderedPart } from '../rendering/rendered-part.ts'
import { afterLoading } from '../rendering/settled.ts'
import { Widget, type WidgetContext } from './widget.ts'

/** Several widgets for one value, named `<name>_0`, `<name>_1`. Subclasses say how a value is taken apart. Django's `MultiWidget`. */
export abstract class MultiWidget extends Widget {
  readonly templateName: string = 'widgets/multi_widget.html'
  widgets: readonly Widget[]

  constructor(widgets: readonly Widget[], attrs: Attributes = {}) {
    super(attrs)
    this.widgets = widgets
  }

  /** A value as its parts, one for each widget. */
  abstract decompress(value: unknown): readonly unknown[]

  override copy(): this {
    const copied = super.copy()
    copied.widgets = this.widgets.map((widget) => widget.copy())
    return copied
  }

  override get isHidden(): boolean {
    return this.widgets.every((widget) => widget.isHidden)
  }

  override get needsMultipart(): boolean {
    return this.widgets.some((widget) => widget.needsMultipart)
  }

  override get useFieldset(): boolean {
    return !this.isHidden
  }

  override idForLabel(_id: string): string {
    return ''
  }

  override getContext(name: string, value: unknown, attrs: Attributes): WidgetContext {
    const context = super.getContext(name, null, attrs)
    const parts = afterLoading([value], (loaded) => this.partsOf(name, loaded, context.attrs))
    return { ...context, parts }
  }

  private partsOf(name: string, value: unknown, attrs: Attributes): readonly RenderedPart[] {
    const values = Array.isArray(value) ? value : this.decompress(value)
    const { id } = attrs
    return this.widgets.map((widget, index) => {
      const own = { ...attrs, ...widget.attrs, id: id ? `${id}_${index}` : null }
      return widget.render(`${name}_${index}`, values[index], own)
    })
  }

  override valueFromData(data: ValueSource, files: ValueSource, name: string): unknown {
    return this.widgets.map((widget, index) => widget.valueFromData(data, files, `${name}_${index}`))
  }

  override valueOmittedFromData(data: ValueSource, files: ValueSource, name: string): boolean {
    return this.widgets.every((widget, index) => widget.valueOmittedFromData(data, files, `${name}_${index}`))
  }
}
