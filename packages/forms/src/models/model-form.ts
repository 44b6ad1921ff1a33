import { ImproperlyConfigured } from '@nuages/foundation'
import type { HttpRequest } from '@nuages/http'
import type { Instance, ModelMeta } from '@nuages/orm'
import { defineShortcut } from '../forms/form.ts'
import type { CleanHooks, FormFields } from '../forms/form-fields.ts'
import { BaseModelForm, type ModelFormInit } from './base-model-form.ts'
import type { EditableName, EditedFields } from './edited-field.ts'
import { formFieldsOf } from './form-fields-of.ts'
import type { ModelFormOptions, ModelFormSettings } from './model-form-options.ts'
import { versionName } from './version-field.ts'

/** The form fields of a model form: those of the model, and its own. */
export type ModelFormFields<M, Name, Extra extends FormFields> = Omit<EditedFields<M, Name>, keyof Extra> & Extra

/** What `ModelForm` takes for a model. */
export interface EditableModel {
  readonly prototype: object
  readonly fields: object
}

/** The class that `ModelForm` makes for a model. */
export interface ModelFormClass<M, F extends FormFields, Made = BaseModelForm<M, F>> {
  new (options?: ModelFormInit<Instance<M>, keyof F & string>): Made
  readonly prototype: Made
  readonly model: M
  readonly settings: ModelFormSettings
  readonly baseFields: F
  /**
   * The form for a request: bound to what a POST (or PUT, or PATCH) sent, unbound for every other method. Throws `BadRequest`
   * where the body is malformed.
   */
  fromRequest<
    Options extends ModelFormInit<Instance<M>, keyof F & string>,
    Own extends { readonly cleanedData: unknown } & CleanHooks<F>,
  >(this: new (options?: Options) => Own, request: HttpRequest, options?: Options): Promise<Own>
}

/**
 * The class that the form of a model extends: its fields follow from the model's, it validates with the model, and it saves.
 *
 * ```ts
 * class PostForm extends ModelForm(Post, { fields: ['title', 'tags'] }) {}
 *
 * const form = await PostForm.fromRequest(request, { instance: post })
 * const saved = await form.saveIfValid()
 * ```
 */
export function ModelForm<
  M extends EditableModel,
  const Name extends EditableName<M> = EditableName<M>,
  const Left extends EditableName<M> = never,
  Extra extends FormFields = {},
>(
  model: M,
  options: ModelFormOptions<M, Name, Left, Extra>,
): ModelFormClass<M, ModelFormFields<M, Exclude<Name, Left>, Extra>> {
  const settings = options as ModelFormSettings
  class DeclaredModelForm extends BaseModelForm<M> {
    static override get model(): M {
      return model
    }

    static override get settings(): ModelFormSettings {
      return settings
    }

    /** They are made for the first form: the model is registered by then. A subclass may have settings and a model of its own. */
    static override get baseFields(): FormFields {
      // biome-ignore lint/complexity/noThisInStatic: the class that was asked, which may be a subclass
      const asked = this as unknown as typeof BaseModelForm
      return keptFields(asked, asked.model as { readonly meta: ModelMeta })
    }
  }
  for (const name of declaredNames(model, settings)) defineShortcut(DeclaredModelForm.prototype as never, name)
  return DeclaredModelForm as never
}

const kept = new WeakMap<object, { readonly meta: ModelMeta; readonly fields: FormFields }>()

/** Of each class once, until its model is registered anew. */
function keptFields(form: typeof BaseModelForm, { meta }: { readonly meta: ModelMeta }): FormFields {
  const known = kept.get(form)
  if (known?.meta === meta) return known.fields
  const fields = formFieldsOf(form.name, meta, form.settings)
  kept.set(form, { meta, fields })
  return fields
}

/** Every name that a template may ask a form for; which of the model's fields it edits is known once the model is registered. */
function declaredNames(model: unknown, { fields, formFields }: ModelFormSettings): readonly string[] {
  const declared = (model as { readonly fields?: object } | undefined)?.fields
  if (!declared) {
    throw new ImproperlyConfigured(
      `ModelForm() takes a model and what its form edits, such as ModelForm(Post, { fields: ['title'] }). Got: ${String(model)}.`,
    )
  }
  const edited = fields === 'all' ? Object.keys(declared) : fields
  return [...edited, ...Object.keys(formFields ?? {}), versionName]
}
