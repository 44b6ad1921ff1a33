import type { ValueSource } from '../forms/value-source.ts'
import type { Attributes } from '../rendering/attributes.ts'
import { afterLoading } from '../rendering/settled.ts'
import { HiddenInput } from './input.ts'
import type { WidgetContext } from './widget.ts'

/** A hidden input for each of several values. */
export class MultipleHiddenInput extends HiddenInput {
  override readonly templateName: string = 'widgets/multiple_hidden.html'

  override getContext(name: string, value: unknown, attrs: Attributes): WidgetContext {
    const { id, ...others } = { ...this.attrs, ...attrs }
    const inputs = afterLoading([value], (loaded) => {
      const values = Array.isArray(loaded) ? loaded : loaded === null || loaded === undefined ? [] : [loaded]
      return values.map((one, index) => super.getContext(name, one, { ...others, id: id ? `${id}_${index}` : null }))
    })
    return { ...super.getContext(name, null, others), inputs }
  }

  override valueFromData(data: ValueSource, _files: ValueSource, name: string): unknown {
    return data.getAll(name)
  }
}
