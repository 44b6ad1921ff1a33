import { gettext } from '@nuages/i18n'
import type { JsonValue } from '@nuages/orm'
import type { ZodType } from 'zod'
import { Textarea } from '../widgets/textarea.ts'
import type { Widget } from '../widgets/widget.ts'
import type { FieldOptions, Message } from './field-options.ts'
import { converting } from './findings.ts'
import { FormField } from './form-field.ts'

/** Text that was typed, as opposed to a value that is a text. */
class TypedText {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  toString(): string {
    return this.text
  }
}

/** A document in a box of its own, so that `null` and `false` are values too. */
interface Document {
  readonly value: unknown
}

/** A JSON document, written as such. Django's `JSONField`. */
export class JSONField<T = JsonValue> extends FormField<T> {
  constructor(options: FieldOptions<T> = {}) {
    super('json', options)
  }

  protected override defaultWidget(): Widget {
    return new Textarea()
  }

  protected override prepare(raw: unknown): unknown {
    return typeof raw === 'string' ? raw.trim() : raw
  }

  /** An empty list is a document. */
  override isEmpty(value: unknown): boolean {
    return value === null || value === undefined || value === ''
  }

  override clean(raw: unknown, _initial?: unknown): T {
    if (this.disabled) return raw as T
    const given = this.prepare(raw)
    const value = this.isEmpty(given) ? null : (this.convert(given) as Document).value
    if (value === null && this.required) this.fail('required')
    if (value !== null) this.runValidators(value)
    return value as T
  }

  protected override schema(): ZodType {
    return converting((given): Document | undefined => {
      const value: unknown = typeof given === 'string' || given instanceof TypedText ? JSON.parse(String(given)) : given
      return isTooDeep(value) ? undefined : { value }
    })
  }

  protected override valueText(document: unknown): string {
    return JSON.stringify((document as Document).value, sortedKeys)
  }

  /** What was typed is shown as it was typed, also where it is no JSON. */
  override boundData(data: unknown, initial: unknown): unknown {
    if (this.disabled) return initial
    return typeof data === 'string' ? new TypedText(data) : data
  }

  override prepareValue(value: unknown): unknown {
    if (value === null || value === undefined) return ''
    return value instanceof TypedText ? value.text : JSON.stringify(value, null, 2)
  }

  protected override defaultMessages(): Readonly<Record<string, Message>> {
    return { ...super.defaultMessages(), invalid: gettext('Enter valid JSON.') }
  }
}

/** What SQLite's JSON takes; what is nested much deeper overflows the stack of whoever walks through it. */
const deepest = 1000

function isTooDeep(value: unknown): boolean {
  let level = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return true
    level = level.flatMap((inner) => (typeof inner === 'object' && inner !== null ? Object.values(inner) : []))
  }
  return false
}

/** The order of keys is nothing that changes a document. */
function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** A JSON document; `json<Settings>()` types it, and nothing checks that it has that form: give a validator. */
export function json<T = JsonValue>(
  options: FieldOptions<NoInfer<T>> & { readonly required: false },
): FormField<T | null>
export function json<T = JsonValue>(options?: FieldOptions<NoInfer<T>>): FormField<T>
export function json(options: FieldOptions = {}): FormField {
  return new JSONField(options)
}
