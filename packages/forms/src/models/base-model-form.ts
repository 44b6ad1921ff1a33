import { ImproperlyConfigured } from '@nuages/foundation'
import {
  databaseAliasOf,
  type Field,
  type Instance,
  IntegrityError,
  isStored,
  type ModelMeta,
  nonFieldErrors,
  QueryError,
  StaleRowError,
  snapshotRow,
  ValidationError,
} from '@nuages/orm'
import { type AnyForm, BaseForm } from '../forms/base-form.ts'
import type { FormFields } from '../forms/form-fields.ts'
import type { FormOptions } from '../forms/form-options.ts'
import { addModelErrors } from './add-model-errors.ts'
import { assignCleaned, initialOf } from './assign-cleaned.ts'
import { explainIntegrityError } from './explain-integrity-error.ts'
import { editedNames } from './form-fields-of.ts'
import { HeldRow } from './held-row.ts'
import { InvalidForm } from './invalid-form.ts'
import type { ModelFormSettings } from './model-form-options.ts'
import { saveTogether } from './save-together.ts'
import { changedError, deletedError, StaleEdits } from './stale-edits.ts'
import { versionName } from './version-field.ts'

type Values = Record<string, unknown>
type ModelClass = { new (): object; readonly meta: ModelMeta }

/** What a model form is made with, beside what every form is. */
export interface ModelFormInit<Row, Name extends string = string> extends FormOptions<Name> {
  /** The row to edit; without one, the form makes a new row. */
  readonly instance?: Row | null | undefined
}

/** A model form of any model. */
export type AnyModelForm = BaseModelForm<unknown, FormFields, object>

/**
 * What every model form is: a form whose values go into a row. Model forms extend `ModelForm(Post, {...})`, which extends
 * this. Django's `BaseModelForm`.
 */
export class BaseModelForm<M, F extends FormFields = FormFields, Row = Instance<M>> extends BaseForm<F> {
  static get model(): unknown {
    throw new ImproperlyConfigured(`${BaseModelForm.name} has no model: extend ModelForm(Post, { fields: […] }).`)
  }

  static get settings(): ModelFormSettings {
    return { fields: [] }
  }

  /** The row that the form edits, or makes. It has the form's values once `isValid()` answered true, and not where it did not. */
  readonly instance: Row
  /** Fields that the form does not show and that are set all the same, such as a parent's key: they take part in unique checks. */
  readonly setElsewhere = new Set<string>()
  readonly #row: ModelRow
  readonly #key: unknown
  readonly #names: readonly string[]
  readonly #stale: StaleEdits | undefined
  #restore: (() => void) | undefined

  constructor(options: ModelFormInit<Row, keyof F & string> = {}) {
    const { model, settings, name } = new.target as unknown as typeof BaseModelForm & { readonly model: ModelClass }
    const row = (options.instance ?? new model()) as ModelRow
    const names = editedNames(name, model.meta, settings)
    super({ ...options, initial: { ...initialOf(row, names, model.meta), ...options.initial } as never })
    this.instance = row as Row
    this.#row = row
    this.#key = row.pk
    this.#names = names
    this.#stale = StaleEdits.watch(this as unknown as AnyForm, row, model.meta, names)
  }

  get #meta(): ModelMeta {
    return (this.constructor as unknown as { readonly model: ModelClass }).model.meta
  }

  /** Fields of the model that its own validation passes over; of unique values and constraints, those that they are part of. */
  protected validationExclusions(): string[] {
    const { cleanedData, fields, errors } = this as unknown as {
      cleanedData: Values
      fields: FormFields
      errors: Map<string, unknown>
    }
    const excluded = this.#meta.fields.filter((field) => {
      const { name } = field
      if (this.setElsewhere.has(name)) return isMissing(this.#row, field)
      const formField = this.#names.includes(name) ? fields[name] : undefined
      if (!formField || errors.has(name) || !Object.hasOwn(cleanedData, name)) return true
      if (!formField.isEmpty(cleanedData[name])) return false
      // What may be blank in the form alone is for the model's code to fill in, before the row is saved.
      return field.blank ? !field.null && cleanedData[name] === null : !formField.required
    })
    return excluded.map(({ name }) => name)
  }

  override async fullClean(): Promise<void> {
    this.#restore = snapshotRow(this.#row)
    await super.fullClean()
    if (this.errors.size > 0) this.#restore()
  }

  /** Puts the values into the row, and asks the model whether it is valid. */
  protected override async postClean(): Promise<void> {
    const cleaned = this.cleanedData as Values
    delete cleaned[versionName]
    assignCleaned(this.#row, this.#meta, cleaned, this.#assignedNames(cleaned))
    try {
      await this.#row.fullClean({ exclude: this.validationExclusions() })
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error
      this.#addModelErrors(error)
    }
    await this.#stale?.check()
  }

  /** A field that was not sent at all keeps the value that its default gave the row. */
  #assignedNames(cleaned: Values): readonly string[] {
    return this.#names.filter((name) => {
      const formField = this.fields[name]
      if (!formField || !Object.hasOwn(cleaned, name)) return false
      if (!this.#meta.field(name)?.hasDefault || !formField.isEmpty(cleaned[name])) return true
      return !formField.widget.valueOmittedFromData(this.data, this.files, this.addPrefix(name))
    })
  }

  #addModelErrors(error: ValidationError): void {
    const { settings } = this.constructor as typeof BaseModelForm
    addModelErrors(this as unknown as AnyForm, this.#meta, error, settings.errorMessages?.[nonFieldErrors])
  }

  /**
   * Saves the row and its relations to many, in one transaction, and returns the row. With `commit: false` it saves
   * nothing: save the row yourself, then call `saveM2m()`. Throws `InvalidForm` where the form has errors, or where saving
   * met one, which is then among them.
   */
  async save(options: { readonly commit?: boolean } = {}): Promise<Row> {
    if (!(await this.validate())) throw this.#invalid()
    if (options.commit ?? true) await this.#commit()
    return this.instance
  }

  /** Validates and saves; `null` where the form has errors, to be shown again. */
  async saveIfValid(): Promise<Row | null> {
    if (!(await this.validate())) return null
    try {
      return await this.save()
    } catch (error) {
      if (error instanceof InvalidForm && error.form === this) return null
      throw error
    }
  }

  async #commit(): Promise<void> {
    try {
      await saveTogether([this.#row], databaseAliasOf(this.#row), () => this.saveInTransaction())
    } catch (error) {
      this.#restore?.()
      throw this.explain(error)
    }
  }

  /** What saving does inside its transaction: the row, then its relations to many. */
  protected async saveInTransaction(): Promise<void> {
    if (this.#stale && !(await this.#stale.check())) throw this.#invalid()
    await this.#saveRow()
    await this.saveM2m()
  }

  /** A row that was deleted meanwhile is not made again: an update that finds none would insert it. */
  async #saveRow(): Promise<void> {
    const row = this.#row
    if (!isStored(row) || row.pk !== this.#key) return row.save()
    try {
      await row.save({ forceUpdate: true })
    } catch (error) {
      const isThere = error instanceof QueryError && (await HeldRow.now(row, this.#meta, row.pk, [])) !== null
      if (!(error instanceof QueryError) || (isThere && !(error instanceof StaleRowError))) throw error
      this.addError(null, isThere ? changedError(this.#meta) : deletedError(this.#meta))
      throw this.#invalid()
    }
  }

  /**
   * What went wrong while the row was saved, as an error of the form where it is one: for who saves the row themselves, after
   * `save({ commit: false })`, or saves the form inside a transaction: some of what is wrong is found when that ends.
   */
  explain(error: unknown): unknown {
    const explained = error instanceof IntegrityError ? explainIntegrityError(error, this.#meta) : null
    if (!explained) return error
    this.#restore?.()
    this.#addModelErrors(explained)
    const invalid = this.#invalid()
    invalid.cause = error
    return invalid
  }

  /** Saves the relations to many; after `save({ commit: false })`, once the row was saved. */
  async saveM2m(): Promise<void> {
    const cleaned = this.cleanedData as Values
    for (const { name } of this.#meta.manyToMany) {
      if (!this.#names.includes(name) || !Object.hasOwn(cleaned, name)) continue
      await (this.#row as unknown as Record<string, ManyRows>)[name]!.set(cleaned[name])
    }
  }

  #invalid(): InvalidForm {
    const problems = [...this.errors].map(([name, list]) =>
      name === nonFieldErrors ? String(list) : `${name}: ${list}`,
    )
    return new InvalidForm(this, this.isBound ? problems.join(' ') : 'it was given no data.')
  }
}

/** The key of a row that is yet to be saved is there by the time that this one is. */
function isMissing(row: object, { attribute }: Field): boolean {
  return (row as Values)[attribute] === null
}

interface ManyRows {
  set(rows: unknown): Promise<void>
}

interface ModelRow {
  readonly pk: unknown
  fullClean(options: { readonly exclude: readonly string[] }): Promise<void>
  save(options?: { readonly forceUpdate?: boolean }): Promise<void>
}
