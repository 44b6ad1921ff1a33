import { ImproperlyConfigured } from '@nuages/foundation'
import { type ForeignKeyField, type Instance, isStored } from '@nuages/orm'
import type { AnyModelForm } from '../models/base-model-form.ts'
import { BaseModelFormSet, type ModelFormSetInit } from './base-model-form-set.ts'
import type { Rows } from './rows-by-key.ts'

/** What an inline formset is made with; everything may be left out. */
export interface InlineFormSetInit<ParentRow> extends ModelFormSetInit {
  /** The row that the others belong to; without one, they are to belong to a new row, and there are none yet. */
  readonly instance?: ParentRow | null | undefined
}

/**
 * Forms of the rows that belong to one row of another model. Inline formsets extend `InlineFormSet(Post, Comment, {...})`,
 * which extends this. Django's `BaseInlineFormSet`.
 */
export class BaseInlineFormSet<
  Parent,
  M,
  Made extends AnyModelForm = AnyModelForm,
  ParentRow = Instance<Parent>,
  Row = Instance<M>,
> extends BaseModelFormSet<M, Made, Row> {
  /** The foreign key that leads to the parent. */
  static get foreignKey(): ForeignKeyField {
    throw new ImproperlyConfigured(
      'An inline formset has no parent: extend InlineFormSet(Post, Comment, { fields: […] }).',
    )
  }

  /** The row that the others belong to. */
  readonly instance: ParentRow
  readonly foreignKey: ForeignKeyField

  constructor(options: InlineFormSetInit<ParentRow> = {}) {
    super(options)
    const { foreignKey } = new.target as unknown as { readonly foreignKey: ForeignKeyField }
    this.foreignKey = foreignKey
    this.instance = options.instance ?? (new foreignKey.target.model() as ParentRow)
  }

  /** The rows that belong to the parent: a key of any other is refused. */
  override getQueryset(): Rows {
    const parent = this.instance as object
    const rows = super.getQueryset()
    return isStored(parent) ? rows.filter({ [this.foreignKey.name]: parent }) : rows.none()
  }

  protected override addFields(form: Made, index: number | null): void {
    super.addFields(form, index)
    const { name } = this.foreignKey
    delete (form.fields as Record<string, unknown>)[name]
    ;(form.instance as Record<string, unknown>)[name] = this.instance
    form.setElsewhere.add(name)
  }

  protected override sharedNames(): readonly string[] {
    return [this.foreignKey.name]
  }
}
