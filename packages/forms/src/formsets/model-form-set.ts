import type { HttpRequest } from '@nuages/http'
import type { Instance } from '@nuages/orm'
import type { FormFields } from '../forms/form-fields.ts'
import type { AnyModelForm, BaseModelForm } from '../models/base-model-form.ts'
import type { EditableName } from '../models/edited-field.ts'
import { type EditableModel, ModelForm, type ModelFormFields } from '../models/model-form.ts'
import type { ModelFormOptions } from '../models/model-form-options.ts'
import { BaseModelFormSet, type ModelFormSetInit } from './base-model-form-set.ts'
import { checkForm, type FormClassOf } from './form-set.ts'
import { type FormSetOptions, type FormSetSettings, formSetOptionNames, formSetSettings } from './form-set-options.ts'

export interface ModelFormSetOptions extends FormSetOptions {
  /** Rows are edited and never added, whatever a page sends. */
  readonly editOnly?: boolean
}

/** The class that `ModelFormSet` makes for a model. */
export interface ModelFormSetClass<
  M,
  Made extends AnyModelForm,
  Init = ModelFormSetInit,
  Set = BaseModelFormSet<M, Made>,
> {
  new (options?: Init): Set
  readonly prototype: Set
  readonly model: M
  readonly settings: FormSetSettings
  readonly defaultPrefix: string
  /**
   * The formset for a request: bound to what a POST (or PUT, or PATCH) sent, unbound for every other method. Throws
   * `BadRequest` where the body is malformed.
   */
  fromRequest<Own>(this: new (options?: Init) => Own, request: HttpRequest, options?: Init): Promise<Own>
}

/** The forms of a formset that is told what they edit. */
export type FormOf<M, Name, Extra extends FormFields> = BaseModelForm<M, ModelFormFields<M, Name, Extra>>

/**
 * The class that a formset of a model's rows extends. It takes what `FormSet` and `ModelForm` take, or a model form as `form`.
 *
 * ```ts
 * class TagFormSet extends ModelFormSet(Tag, { fields: ['name'], canDelete: true }) {}
 *
 * const formset = await TagFormSet.fromRequest(request, { queryset: Tag.objects.filter({ name__startswith: 'a' }) })
 * const saved = await formset.saveIfValid()
 * ```
 */
export function ModelFormSet<M extends EditableModel, Made extends AnyModelForm>(
  model: M,
  options: ModelFormSetOptions & { readonly form: FormClassOf<Made> & { readonly model: M } },
): ModelFormSetClass<M, Made>
export function ModelFormSet<
  M extends EditableModel,
  const Name extends EditableName<M> = EditableName<M>,
  const Left extends EditableName<M> = never,
  Extra extends FormFields = {},
>(
  model: M,
  options: ModelFormSetOptions & ModelFormOptions<M, Name, Left, Extra>,
): ModelFormSetClass<M, FormOf<M, Exclude<Name, Left>, Extra>>
export function ModelFormSet(model: EditableModel, options: object): unknown {
  const { form, settings, editOnly } = modelFormSetParts('ModelFormSet', model, options)
  return class DeclaredModelFormSet extends BaseModelFormSet<EditableModel, AnyModelForm, Instance<EditableModel>> {
    static override get form(): unknown {
      return form
    }

    static override get model(): unknown {
      return model
    }

    static override get settings(): FormSetSettings {
      return settings
    }

    static override get editOnly(): boolean {
      return editOnly
    }
  }
}

/** The form and the settings of a formset that takes both kinds of options. */
export function modelFormSetParts(
  factory: string,
  model: EditableModel,
  options: object,
): { readonly form: unknown; readonly settings: FormSetSettings; readonly editOnly: boolean } {
  const { editOnly = false, form, ...rest } = options as ModelFormSetOptions & { readonly form?: unknown }
  const setNames: ReadonlySet<string> = new Set(formSetOptionNames)
  const ofForm = Object.fromEntries(Object.entries(rest).filter(([name]) => !setNames.has(name)))
  if (form !== undefined) checkForm(factory, form)
  return { form: form ?? ModelForm(model, ofForm as never), settings: formSetSettings(rest), editOnly }
}
