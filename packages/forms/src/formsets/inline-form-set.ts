import { ImproperlyConfigured } from '@nuages/foundation'
import type { FieldsOf, ForeignKey, ForeignKeyField, Instance, ModelMeta, OneToOne } from '@nuages/orm'
import type { FormFields } from '../forms/form-fields.ts'
import type { AnyModelForm } from '../models/base-model-form.ts'
import type { EditableName } from '../models/edited-field.ts'
import type { EditableModel } from '../models/model-form.ts'
import type { ModelFormOptions } from '../models/model-form-options.ts'
import { BaseInlineFormSet, type InlineFormSetInit } from './base-inline-form-set.ts'
import type { FormClassOf } from './form-set.ts'
import type { FormSetSettings } from './form-set-options.ts'
import { type FormOf, type ModelFormSetClass, type ModelFormSetOptions, modelFormSetParts } from './model-form-set.ts'

/** The names of the foreign keys of `M`. */
export type ForeignKeyName<M> = {
  [K in keyof FieldsOf<M> & string]: FieldsOf<M>[K] extends
    | ForeignKey<unknown, boolean, boolean>
    | OneToOne<unknown, boolean, boolean>
    ? K
    : never
}[keyof FieldsOf<M> & string]

export interface InlineFormSetOptions<M> extends ModelFormSetOptions {
  /** The foreign key to the parent, where there are several. */
  readonly fkName?: ForeignKeyName<M>
}

/** The class that `InlineFormSet` makes. */
export type InlineFormSetClass<Parent, M, Made extends AnyModelForm> = ModelFormSetClass<
  M,
  Made,
  InlineFormSetInit<Instance<Parent>>,
  BaseInlineFormSet<Parent, M, Made>
>

/**
 * The class that a formset of the rows that belong to another extends: the comments of a post. Three extra forms and `DELETE`
 * unless the options say otherwise; the key to the parent is set by the formset and not shown.
 *
 * ```ts
 * class CommentFormSet extends InlineFormSet(Post, Comment, { fields: ['name', 'text'] }) {}
 *
 * const formset = await CommentFormSet.fromRequest(request, { instance: post })
 * ```
 */
export function InlineFormSet<Parent extends EditableModel, M extends EditableModel, Made extends AnyModelForm>(
  parent: Parent,
  model: M,
  options: InlineFormSetOptions<M> & { readonly form: FormClassOf<Made> & { readonly model: M } },
): InlineFormSetClass<Parent, M, Made>
export function InlineFormSet<
  Parent extends EditableModel,
  M extends EditableModel,
  const Name extends EditableName<M> = EditableName<M>,
  const Left extends EditableName<M> = never,
  Extra extends FormFields = {},
>(
  parent: Parent,
  model: M,
  options: InlineFormSetOptions<M> & ModelFormOptions<M, Name, Left, Extra>,
): InlineFormSetClass<Parent, M, FormOf<M, Exclude<Name, Left>, Extra>>
export function InlineFormSet(parent: EditableModel, model: EditableModel, options: object): unknown {
  const { fkName, ...rest } = options as { readonly fkName?: string }
  const parts = modelFormSetParts('InlineFormSet', model, { extra: 3, canDelete: true, ...rest })
  return class DeclaredInlineFormSet extends BaseInlineFormSet<EditableModel, EditableModel> {
    static override get form(): unknown {
      return parts.form
    }

    static override get model(): unknown {
      return model
    }

    static override get settings(): FormSetSettings {
      const { settings } = parts
      return DeclaredInlineFormSet.foreignKey.unique ? { ...settings, maxNum: 1 } : settings
    }

    static override get editOnly(): boolean {
      return parts.editOnly
    }

    static override get foreignKey(): ForeignKeyField {
      return foreignKeyTo(metaOf(parent), metaOf(model), fkName)
    }

    static override get defaultPrefix(): string {
      return inlinePrefix(DeclaredInlineFormSet.foreignKey)
    }
  }
}

function metaOf(model: EditableModel): ModelMeta {
  return (model as unknown as { readonly meta: ModelMeta }).meta
}

/** The key of `model` that leads to `parent`: the one named, or the only one. */
function foreignKeyTo(parent: ModelMeta, model: ModelMeta, name?: string): ForeignKeyField {
  const keys = model.foreignKeys.filter(({ target }) => target === parent)
  const names = keys.map((key) => key.name).join(', ')
  const found = name === undefined ? keys : keys.filter((key) => key.name === name)
  if (found.length === 1) return found[0]!
  const problem =
    found.length > 1
      ? `has several foreign keys to ${parent.name}: ${names}. Name one as fkName.`
      : name === undefined
        ? `has no foreign key to ${parent.name}.`
        : `has no foreign key '${name}' to ${parent.name}. Those to it: ${names || 'none'}.`
  throw new ImproperlyConfigured(`InlineFormSet(): ${model.name} ${problem}`)
}

/** As the parent calls the others, `comments`, or else `comment_set`. */
function inlinePrefix(key: ForeignKeyField): string {
  const reverse = key.target.reverses.find(({ target, via }) => target === key.meta && via === key.name)
  return reverse?.name ?? `${key.meta.modelName}_set`
}
