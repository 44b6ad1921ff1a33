import { gettext } from '@nuages/i18n'
import { type ZodType, z } from 'zod'
import type { Attributes } from '../rendering/attributes.ts'
import { Input } from '../widgets/input.ts'
import { Textarea } from '../widgets/textarea.ts'
import type { Widget } from '../widgets/widget.ts'
import type { FieldOptions, Message, UnlessRequired } from './field-options.ts'
import { found } from './findings.ts'
import { FormField } from './form-field.ts'

export interface CharOptions<Empty = unknown, Required extends boolean = boolean>
  extends FieldOptions<string, Required> {
  readonly maxLength?: number
  readonly minLength?: number
  /** White space at both ends goes. Default `true`. */
  readonly strip?: boolean
  /** What an empty text becomes. Default `''`. */
  readonly emptyValue?: Empty
}

const ownOptions = ['maxLength', 'minLength', 'strip', 'emptyValue']

/** Text. Django's `CharField`. */
export class CharField<T = string> extends FormField<T> {
  maxLength: number | undefined
  readonly minLength: number | undefined
  readonly strip: boolean
  override readonly emptyValue: unknown

  constructor(factory: string, options: CharOptions, more: readonly string[] = []) {
    super(factory, options as FieldOptions<T>, [...ownOptions, ...more])
    this.maxLength = options.maxLength
    this.minLength = options.minLength
    this.strip = options.strip ?? true
    this.emptyValue = options.emptyValue === undefined ? '' : options.emptyValue
  }

  /** Line breaks as the browser shows them, whatever it sends: a text that nobody changed is the same text. */
  protected override prepare(raw: unknown): unknown {
    if (typeof raw !== 'string' && typeof raw !== 'number' && typeof raw !== 'bigint' && typeof raw !== 'boolean')
      return raw
    const text = String(raw).replace(/\r\n?/g, '\n')
    return this.strip ? text.trim() : text
  }

  protected override schema(): ZodType {
    return this.textSchema()
  }

  /** A text without what no database and no page takes, and of the right length. */
  protected textSchema(): z.ZodString {
    let schema = z
      .string()
      .refine((text) => !text.includes('\0'), found('null_characters_not_allowed'))
      .refine((text) => text.isWellFormed(), found('invalid'))
    if (this.minLength !== undefined) schema = schema.min(this.minLength)
    if (this.maxLength !== undefined) schema = schema.max(this.maxLength)
    return schema
  }

  protected override defaultMessages(): Readonly<Record<string, Message>> {
    return {
      ...super.defaultMessages(),
      null_characters_not_allowed: gettext('A text cannot hold the character NUL.'),
      max_length: ({ limit, length }) =>
        gettext('At most {limit} characters are allowed; this has {length}.', { limit, length }),
      min_length: ({ limit, length }) =>
        gettext('At least {limit} characters are needed; this has {length}.', { limit, length }),
    }
  }

  override widgetAttributes(widget: Widget): Attributes {
    if (widget.isHidden || !(widget instanceof Input || widget instanceof Textarea)) return {}
    return { maxlength: this.maxLength, minlength: this.minLength }
  }
}

/** The type of a text field: where it is not required, also what an empty text becomes. */
export type TextField<Empty, Required extends boolean> = FormField<string | UnlessRequired<Required, Empty>>

/** Text of one line. */
export function char<const Empty = string, const Required extends boolean = true>(
  options: CharOptions<Empty, Required> = {},
): TextField<Empty, Required> {
  return new CharField('char', options)
}

/** Text of several lines, in a `Textarea`. */
export function text<const Empty = string, const Required extends boolean = true>(
  options: CharOptions<Empty, Required> = {},
): TextField<Empty, Required> {
  return new LongTextField('text', options)
}

class LongTextField<T> extends CharField<T> {
  protected override defaultWidget(): Widget {
    return new Textarea()
  }
}
