import type { AnyForm } from '../forms/base-form.ts'
import { type ValueSource, valueSource } from '../forms/value-source.ts'
import { addSetFields } from './add-set-fields.ts'
import type { FormSetInit, FormSetSettings } from './form-set-options.ts'
import { LazyForms } from './lazy-forms.ts'
import { type ManagementData, managementData } from './management-data.ts'
import { ManagementForm } from './management-form.ts'
import { ShareChoices } from './share-choices.ts'

type FormConstructor = new (options?: object) => AnyForm

/** What the class of a formset says. */
interface FormSetStatics {
  readonly settings: FormSetSettings
  readonly defaultPrefix: string
  readonly form: FormConstructor
}

/** What a formset holds: its forms, as many as were sent or are to be shown. `BaseFormSet` validates and shows them. */
export abstract class FormSetContents<Made extends AnyForm> implements AsyncIterable<Made> {
  readonly isBound: boolean
  readonly data: ValueSource
  readonly files: ValueSource
  readonly initial: readonly Readonly<Record<string, unknown>>[]
  readonly prefix: string
  readonly autoId: string | boolean
  readonly formOptions: Readonly<Record<string, unknown>>
  readonly settings: FormSetSettings
  /** The forms: `await formset.forms` in code, simply `formset.forms` in templates. */
  readonly forms: LazyForms<Made>
  /** What the page says of how many forms it sends. */
  protected readonly management: ManagementData
  readonly #choices = new ShareChoices()
  #emptyForm: Made | undefined

  constructor(options: FormSetInit = {}) {
    const { settings, defaultPrefix } = new.target as unknown as FormSetStatics
    const isGiven = (value: unknown): boolean => value !== null && value !== undefined
    this.isBound = isGiven(options.data) || isGiven(options.files)
    this.data = valueSource(options.data)
    this.files = valueSource(options.files)
    this.initial = options.initial ?? []
    this.prefix = options.prefix ?? defaultPrefix
    this.autoId = options.autoId ?? 'id_%s'
    this.formOptions = options.formOptions ?? {}
    this.settings = settings
    this.management = managementData(this.data, this.prefix)
    this.forms = new LazyForms(() => this.#makeForms())
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Made, void, undefined> {
    yield* await this.forms
  }

  async #makeForms(): Promise<readonly Made[]> {
    await this.prepare()
    return Array.from({ length: this.totalFormCount() }, (_, index) => this.#makeForm(index))
  }

  /** What has to be loaded before the forms can be made. */
  protected async prepare(): Promise<void> {}

  /** How many forms there are: as many as were sent, within limits; else those with initial values and the extra ones. */
  totalFormCount(): number {
    const { extra, minNum, maxNum, absoluteMax } = this.settings
    if (this.isBound) return Math.min(this.management.total, absoluteMax)
    const initial = this.initialFormCount()
    return initial > maxNum ? initial : Math.min(Math.max(initial, minNum) + extra, maxNum)
  }

  /** How many of them are of what was there before. */
  initialFormCount(): number {
    return this.isBound ? Math.min(this.management.initial, this.totalFormCount()) : this.initial.length
  }

  #makeForm(index: number): Made {
    const { isBound, data, files, settings } = this
    const sent = isBound ? { data, files } : {}
    const emptyPermitted = index >= this.initialFormCount() && index >= settings.minNum
    return this.#construct(index, { ...sent, prefix: this.addPrefix(index), emptyPermitted, ...this.optionsFor(index) })
  }

  #construct(index: number | null, options: object): Made {
    const { form: Form } = this.constructor as unknown as FormSetStatics
    const common = { autoId: this.autoId, useRequiredAttribute: false }
    const form = new Form({ ...common, ...options, ...this.formOptions }) as Made
    this.addFields(form, index)
    this.#choices.share(form)
    return form
  }

  /** What the form of that place is made with, beside what all are. */
  protected optionsFor(index: number): object {
    return this.initial[index] ? { initial: this.initial[index] } : {}
  }

  /** Gives a form its `ORDER` and `DELETE`; override it to add fields of your own. `null` is the empty form's place. */
  protected addFields(form: Made, index: number | null): void {
    addSetFields(form, this.settings, index !== null && index < this.initialFormCount() ? index : null)
  }

  addPrefix(index: number | string): string {
    return `${this.prefix}-${index}`
  }

  /** A form without a place, `__prefix__` in the names of its inputs: what a script copies to add a form. */
  get emptyForm(): Made {
    const options = { prefix: this.addPrefix('__prefix__'), emptyPermitted: true }
    this.#emptyForm ??= this.#construct(null, options)
    return this.#emptyForm
  }

  /** Hidden inputs that say how many forms the page has; every page with a formset needs them. */
  get managementForm(): ManagementForm {
    return new ManagementForm(this)
  }

  isMultipart(): boolean {
    return this.emptyForm.isMultipart()
  }
}
