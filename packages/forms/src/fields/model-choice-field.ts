import { gettext } from '@nuages/i18n'
import type { RowOf } from '@nuages/orm'
import { type ZodType, z } from 'zod'
import { type ChoiceRows, type FoundRows, lookUpRows } from '../choices/look-up-rows.ts'
import { ModelChoices } from '../choices/model-choices.ts'
import { plainText } from '../rendering/plain-text.ts'
import { ChoiceWidget } from '../widgets/choice-widget.ts'
import { MultipleHiddenInput } from '../widgets/multiple-hidden-input.ts'
import { Select, SelectMultiple } from '../widgets/select.ts'
import type { Widget } from '../widgets/widget.ts'
import type { FieldOptions, Message, UnlessRequired } from './field-options.ts'
import { FormField } from './form-field.ts'

type Messages = Readonly<Record<string, Message>>

type Source = object | (() => object)
type RowIn<Q> = Q extends () => infer R ? RowOf<R> : RowOf<Q>

export interface ModelChoiceOptions<Q extends Source = Source, Required extends boolean = boolean>
  extends FieldOptions<unknown, Required> {
  /** The rows to choose from: a queryset, a manager, or a function that gives one. Nothing is asked before a page shows it. */
  readonly queryset: Q
  /** What the choice of nothing is called; `null` leaves it out. Default `'---------'`. */
  readonly emptyLabel?: string | null
  /** The field of the row that stands in the page. Default: the primary key. */
  readonly toFieldName?: string
  /** What the page calls a row. Default: the row as text. */
  readonly labelFromInstance?: (row: RowIn<Q>) => string
}

const ownOptions = ['queryset', 'emptyLabel', 'toFieldName', 'labelFromInstance']

/** A row of a model. Django's `ModelChoiceField`. */
export class ModelChoiceField<T = unknown> extends FormField<T> {
  queryset: Source
  emptyLabel: string | null
  readonly toFieldName: string | undefined
  labelFromInstance: (row: unknown) => string
  /** The rows as choices, once for each form. Formsets give all of their forms the same. */
  options: ModelChoices

  constructor(factory: string, options: ModelChoiceOptions, more: readonly string[] = []) {
    super(factory, options as FieldOptions<T>, [...ownOptions, ...more])
    this.queryset = options.queryset
    this.emptyLabel = options.emptyLabel === undefined ? '---------' : options.emptyLabel
    this.toFieldName = options.toFieldName
    this.labelFromInstance = (options.labelFromInstance as ((row: unknown) => string) | undefined) ?? String
    this.options = this.newOptions()
  }

  override copy(): this {
    const copied = super.copy()
    copied.options = copied.newOptions()
    return copied
  }

  protected override defaultWidget(): Widget {
    return new Select()
  }

  /** Nothing to choose is offered unless a choice has to be made and there is one already. */
  protected newOptions(): ModelChoices {
    return new ModelChoices(
      () => this.rows().all(),
      (row) => [this.keyOf(row), this.labelFromInstance(row)],
      () => (this.offersNothing() ? this.emptyLabel : null),
    )
  }

  protected offersNothing(): boolean {
    return !(this.required && this.initial !== undefined && this.initial !== null)
  }

  protected rows(): ChoiceRows {
    return (typeof this.queryset === 'function' ? this.queryset() : this.queryset) as ChoiceRows
  }

  /** What stands for a row in the page. */
  protected keyOf(row: unknown): unknown {
    if (typeof row !== 'object' || row === null) return row
    const name = [this.toFieldName ?? 'pk', 'id'].find((key) => key in row)
    return name === undefined ? row : Reflect.get(row, name)
  }

  override prepareWidget(widget: Widget): Widget {
    if (widget instanceof ChoiceWidget) widget.choices = this.options
    return super.prepareWidget(widget)
  }

  override prepareValue(value: unknown): unknown {
    return this.keyOf(value)
  }

  protected override schema(): ZodType {
    return z.unknown()
  }

  override async clean(raw: unknown): Promise<T> {
    const key = this.keyOf(raw)
    if (this.isEmpty(key)) return super.clean(key)
    const [row] = (await this.lookUp([key]))?.rows ?? []
    if (!row) this.fail('invalid_choice', { value: plainText(key).slice(0, 200) })
    this.runValidators(row)
    return row as T
  }

  protected lookUp(keys: readonly unknown[]): Promise<FoundRows | undefined> {
    return lookUpRows(this.rows().all(), this.toFieldName ?? 'pk', keys)
  }

  protected override canonical(given: unknown): string {
    return plainText(given)
  }

  protected override defaultMessages(): Messages {
    return { ...super.defaultMessages(), invalid_choice: gettext('This is none of the choices.') }
  }
}

/** Any number of rows of a model. Django's `ModelMultipleChoiceField`. */
export class ModelMultipleChoiceField<T = readonly unknown[]> extends ModelChoiceField<T> {
  override readonly emptyValue: unknown = []

  constructor(options: ModelChoiceOptions) {
    super('modelMultipleChoice', options)
  }

  protected override defaultWidget(): Widget {
    return new SelectMultiple()
  }

  override hiddenWidget(): Widget {
    return new MultipleHiddenInput()
  }

  protected override offersNothing(): boolean {
    return false
  }

  override prepareValue(value: unknown): unknown {
    if (value === null || value === undefined) return []
    return Array.isArray(value) ? value.map((row) => this.keyOf(row)) : this.keyOf(value)
  }

  override async clean(raw: unknown): Promise<T> {
    const given = this.prepareValue(raw)
    if (!Array.isArray(given)) this.fail('invalid_list')
    const keys = [...new Set((given as unknown[]).map(plainText))]
    if (keys.length === 0) {
      if (this.required) this.fail('required')
      return [] as T
    }
    const found = await this.lookUp(keys)
    if (!found) this.fail('invalid_pk_value', { value: keys.join(', ').slice(0, 200) })
    const { rows, missing } = found
    if (missing !== undefined) this.fail('invalid_choice', { value: plainText(missing).slice(0, 200) })
    this.runValidators(rows)
    return rows as T
  }

  override hasChanged(initial: unknown, data: unknown): boolean {
    if (this.disabled) return false
    const before = new Set([this.prepareValue(initial)].flat().map(plainText))
    const after = new Set([this.prepareValue(data)].flat().map(plainText))
    return before.size !== after.size || !before.isSubsetOf(after)
  }

  protected override defaultMessages(): Messages {
    return {
      ...super.defaultMessages(),
      invalid_list: gettext('This has to be a list of values.'),
      invalid_choice: ({ value }) => gettext("'{value}' is none of the choices.", { value }),
      invalid_pk_value: ({ value }) => gettext("'{value}' is no key of a row.", { value }),
    }
  }
}

/** A row of a model, in a `Select`. */
export function modelChoice<const Q extends Source, const Required extends boolean = true>(
  options: ModelChoiceOptions<Q, Required>,
): FormField<RowIn<Q> | UnlessRequired<Required>> {
  return new ModelChoiceField('modelChoice', options as never)
}

/** Any number of rows of a model, in a `SelectMultiple`. */
export function modelMultipleChoice<const Q extends Source>(options: ModelChoiceOptions<Q>): FormField<RowIn<Q>[]> {
  return new ModelMultipleChoiceField(options as never)
}
