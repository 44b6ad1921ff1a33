import { type Attributes, Widget, type WidgetContext } from '@nuages/forms'
import { isPending, type Pending, type PendingState, pending } from '@nuages/foundation'
import type { ModelMeta } from '@nuages/orm'
import type { TemplateName } from '@nuages/templates'
import { PendingChosenRows } from './chosen-rows.ts'

type ValueSource = Parameters<Widget['valueFromData']>[0]

/** What an autocomplete is made with. */
export interface AutocompleteInit {
  readonly target: ModelMeta
  readonly multiple: boolean
  /** Where rows are searched for; `null` for a plain input of keys. */
  readonly url: string | null
  /** Where keys are looked up. */
  readonly lookupUrl: string | null
}

/** An input of a related row's key, or of several with commas between: a combobox once the script has run. */
export class AutocompleteInput extends Widget {
  readonly templateName = 'widgets/autocomplete.html'
  readonly #init: AutocompleteInit

  constructor(init: AutocompleteInit) {
    super()
    this.#init = init
  }

  override copy(): this {
    const copied = new AutocompleteInput(this.#init) as this
    copied.attrs = { ...this.attrs }
    copied.isRequired = this.isRequired
    return copied
  }

  override get templates(): readonly TemplateName[] {
    return ['admin/widgets/autocomplete.html']
  }

  override valueFromData(data: ValueSource, _files: ValueSource, name: string): unknown {
    if (this.#init.multiple) return data.getAll(name).flatMap(keysOf)
    const value = data.get(name)
    return typeof value === 'string' ? value.trim() : value
  }

  override getContext(name: string, value: unknown, attrs: Attributes): WidgetContext {
    const { target, multiple, url, lookupUrl } = this.#init
    const read = multiple ? keysOf : keyOf
    const keys = isPending(value) ? new PendingKeys(value, read) : read(value)
    const context = super.getContext(name, null, attrs)
    return {
      ...context,
      attributes: Object.fromEntries(
        Object.entries(context.attrs).filter(([, attribute]) => attribute !== null && attribute !== undefined),
      ) as never,
      value: isPending(keys) ? new JoinedKeys(keys) : keys.join(','),
      chosen: new PendingChosenRows(target, keys),
      multiple,
      url,
      lookupUrl,
      placeholder: '',
    }
  }
}

/** The one key as text, whatever stands in it. */
function keyOf(value: unknown): readonly string[] {
  const text = value === null || value === undefined ? '' : String(value)
  return text.trim() === '' ? [] : [text]
}

/** Keys as text: of one, of several, or of text with commas. */
function keysOf(value: unknown): readonly string[] {
  if (value === null || value === undefined) return []
  const values = Array.isArray(value) ? value : String(value).split(',')
  return values.map((key) => String(key).trim()).filter((key) => key !== '')
}

/** The keys of a value that has to be loaded. */
class PendingKeys implements Pending {
  readonly #value: Pending
  readonly #read: (value: unknown) => readonly string[]

  constructor(value: Pending, read: (value: unknown) => readonly string[]) {
    this.#value = value
    this.#read = read
  }

  [pending](): PendingState {
    let current: unknown = this.#value
    while (isPending(current)) {
      const state = current[pending]()
      if (!state.ready) return state
      current = state.value
    }
    return { ready: true, value: this.#read(current) }
  }
}

/** The same as they stand in the input. */
class JoinedKeys implements Pending {
  readonly #keys: Pending

  constructor(keys: Pending) {
    this.#keys = keys
  }

  [pending](): PendingState {
    const state = this.#keys[pending]()
    return state.ready ? { ready: true, value: (state.value as readonly string[]).join(',') } : state
  }
}
