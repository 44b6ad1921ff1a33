import { ImproperlyConfigured } from '@nuages/foundation'
import { gettext } from '@nuages/i18n'
import {
  databaseAliasOf,
  type Instance,
  IntegrityError,
  type ModelMeta,
  ProtectedError,
  QuerySet,
  RestrictedError,
  ValidationError,
} from '@nuages/orm'
import type { AnyModelForm } from '../models/base-model-form.ts'
import { explainIntegrityError } from '../models/explain-integrity-error.ts'
import { InvalidForm } from '../models/invalid-form.ts'
import { saveTogether } from '../models/save-together.ts'
import { addField } from './add-set-fields.ts'
import { BaseFormSet } from './base-form-set.ts'
import { checkUniqueAmong } from './check-unique-among.ts'
import type { FormSetInit } from './form-set-options.ts'
import { RowKeyField } from './row-key-field.ts'
import { type Rows, rowsByKey } from './rows-by-key.ts'

type Model = { readonly meta: ModelMeta; readonly objects?: Rows }

/** What a model formset is made with; everything may be left out. */
export interface ModelFormSetInit extends FormSetInit {
  /** The rows to edit, where they are not all. Rows beyond it are refused, whatever a page sends. */
  readonly queryset?: object | undefined
}

/**
 * Forms of the rows of a model, and of new ones. Model formsets extend `ModelFormSet(Post, {...})`, which extends this.
 * Django's `BaseModelFormSet`.
 */
export class BaseModelFormSet<
  M,
  Made extends AnyModelForm = AnyModelForm,
  Row = Instance<M>,
> extends BaseFormSet<Made> {
  static get model(): unknown {
    throw new ImproperlyConfigured('A model formset has no model: extend ModelFormSet(Post, { fields: […] }).')
  }

  /** `true`: rows are edited and never added, whatever a page sends. */
  static get editOnly(): boolean {
    return false
  }

  /** The rows to edit, as they were given. */
  readonly queryset: Rows | undefined
  /** The rows that `save()` added. */
  newObjects: Row[] = []
  /** The rows that `save()` changed, each with the names of the fields that were changed. */
  changedObjects: (readonly [row: Row, changed: readonly string[]])[] = []
  /** The rows that `save()` deleted, or found to be deleted where it did not commit. */
  deletedObjects: Row[] = []
  #rows: readonly (object | undefined)[] = []
  #savedForms: readonly Made[] = []

  constructor(options: ModelFormSetInit = {}) {
    super(options)
    this.queryset = options.queryset as Rows | undefined
  }

  protected get model(): Model {
    return (this.constructor as unknown as { readonly model: Model }).model
  }

  /** The rows to edit. It is synchronous: a queryset that an `async` function returned would run there. */
  getQueryset(): Rows {
    const rows = (this.queryset ?? this.model.objects ?? new QuerySet(this.model as never)) as Rows
    const all = rows.all()
    return this.queryset || this.model.meta.ordering.length > 0 ? all : all.orderBy('pk')
  }

  protected override async prepare(): Promise<void> {
    if (!this.isBound) this.#rows = (await this.getQueryset()) as readonly object[]
    else this.#rows = await rowsByKey(this.getQueryset(), this.model.meta.pk, this.#sentKeys())
  }

  #sentKeys(): readonly unknown[] {
    const { name } = this.model.meta.pk
    return Array.from({ length: this.initialFormCount() }, (_, index) =>
      this.data.get(`${this.addPrefix(index)}-${name}`),
    )
  }

  override initialFormCount(): number {
    return this.isBound ? super.initialFormCount() : this.#rows.length
  }

  protected override optionsFor(index: number): object {
    const row = this.#rows[index]
    const initial = this.initial[index - this.initialFormCount()]
    return row ? { instance: row } : initial ? { initial } : {}
  }

  protected override addFields(form: Made, index: number | null): void {
    super.addFields(form, index)
    const { pk, verboseName } = this.model.meta
    const isThere = index !== null && index < this.initialFormCount()
    // The key of a new row may be the visitor's to choose.
    if (!isThere && Object.hasOwn(form.fields, pk.name)) return
    addField(form, pk.name, new RowKeyField(pk, isThere ? this.#rows[index] : null, verboseName))
  }

  protected override async checkForms(): Promise<void> {
    const forms = this.validated('clean').filter(({ isDeleted }) => !isDeleted)
    checkUniqueAmong(
      forms.map(({ form }) => form),
      this.model.meta,
      this.sharedNames(),
      (message) => this.addError(message),
    )
  }

  /** Fields that have one value in all forms, though none shows it. */
  protected sharedNames(): readonly string[] {
    return []
  }

  /**
   * Saves what was changed, adds what is new and deletes what is to be deleted, all in one transaction, and returns the rows
   * that were changed and added. With `commit: false` it saves and deletes nothing: save the rows, call `saveM2m()` and
   * delete `deletedObjects` yourself. Throws `InvalidForm` where a form has errors, or where saving met one.
   */
  async save(options: { readonly commit?: boolean } = {}): Promise<Row[]> {
    if (!(await this.isValid())) throw this.#invalid()
    const forms = this.#formsToSave()
    if (options.commit ?? true) await this.#commit(forms)
    else for (const form of forms) await form.save({ commit: false })
    return forms.map(({ instance }) => instance as Row)
  }

  /** Validates and saves; `null` where there are errors, to be shown again. */
  async saveIfValid(): Promise<Row[] | null> {
    if (!(await this.isValid())) return null
    try {
      return await this.save()
    } catch (error) {
      if (error instanceof InvalidForm && error.form === this) return null
      throw error
    }
  }

  /** Saves the relations to many of rows that were not committed. */
  async saveM2m(): Promise<void> {
    for (const form of this.#savedForms) await form.saveM2m()
  }

  /** Deletes one row; override it to do something else with it. */
  async deleteExisting(row: Row): Promise<void> {
    await (row as { delete(): Promise<unknown> }).delete()
  }

  #formsToSave(): readonly Made[] {
    const { editOnly } = this.constructor as unknown as { readonly editOnly: boolean }
    const forms = this.validated('save').map((one) => ({ ...one, isThere: one.index < this.initialFormCount() }))
    const rowOf = ({ form }: { readonly form: Made }): Row => form.instance as Row
    const changed = forms.filter((one) => one.isThere && one.isChanged && !one.isDeleted)
    const added = forms.filter((one) => !one.isThere && one.isChanged && !one.isDeleted && !editOnly)
    // A row that was deleted meanwhile is not there to be deleted again.
    this.deletedObjects = forms.filter((one) => one.isThere && one.isDeleted && this.#rows[one.index]).map(rowOf)
    this.changedObjects = changed.map((one) => [rowOf(one), one.changed])
    this.newObjects = added.map(rowOf)
    this.#savedForms = [...changed, ...added].map(({ form }) => form)
    return this.#savedForms
  }

  async #commit(forms: readonly Made[]): Promise<void> {
    const rows = [...forms.map(({ instance }) => instance), ...this.deletedObjects] as object[]
    const using = rows.map(databaseAliasOf).find((alias) => alias !== undefined)
    try {
      await saveTogether(rows, using, async () => {
        for (const row of this.deletedObjects) await this.deleteExisting(row)
        for (const form of forms) await form.save()
      })
    } catch (error) {
      throw this.explain(error)
    }
  }

  /**
   * What went wrong while saving, as an error of the formset where it is one of its forms or rows: for who saves it inside a
   * transaction, when that ends.
   */
  explain(error: unknown): unknown {
    if (error instanceof InvalidForm)
      return this.#savedForms.includes(error.form as Made) ? this.#invalid(error) : error
    const explained = explain(error, this.model.meta)
    if (!explained) return error
    this.addError(explained)
    return this.#invalid(error)
  }

  #invalid(cause?: unknown): InvalidForm {
    const messages = this.isBound
      ? [
          ...this.nonFormErrors(),
          ...this.errors.flatMap((errors) => [...errors].map(([name, list]) => `${name}: ${list}`)),
        ]
      : ['it was given no data.']
    const invalid = new InvalidForm(this, messages.join(' '))
    if (cause !== undefined) invalid.cause = cause
    return invalid
  }
}

function explain(error: unknown, meta: ModelMeta): ValidationError | null {
  if (error instanceof IntegrityError) return explainIntegrityError(error, meta)
  if (error instanceof ProtectedError || error instanceof RestrictedError) {
    const message = gettext('A {model} cannot be deleted, since others belong to it that may not go.', {
      model: meta.verboseName,
    })
    return new ValidationError(message, { code: 'protected' })
  }
  return null
}
