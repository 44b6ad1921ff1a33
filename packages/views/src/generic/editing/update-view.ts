import { type AnyForm, BaseModelForm, type EditableName, type FormFields, type ModelFormOptions } from '@nuages/forms'
import { Http404, type HttpResponse } from '@nuages/http'
import type { Instance } from '@nuages/orm'
import type { Kwargs } from '@nuages/urls'
import type { View } from '../../view.ts'
import type { ViewModel } from '../view-model.ts'
import { type EditingOptions, editingView, type FormMade, type OwnForm } from './edited-form.ts'
import { gonePage } from './gone-page.ts'
import { type ModelFormContext, ModelFormView } from './model-form-view.ts'
import type { FormKwargs, ViewFormClass } from './process-form-view.ts'

/** The class that `UpdateView` makes. Django's `UpdateView`. */
export abstract class ModelUpdateView<M extends ViewModel, F extends AnyForm, P = Kwargs> extends ModelFormView<
  M,
  F,
  P
> {
  /** The row that is edited. It is there before the form is. */
  declare object: Instance<M>

  override async get(): Promise<HttpResponse> {
    this.object = await this.loadObject()
    return super.get()
  }

  override async post(): Promise<HttpResponse> {
    try {
      this.object = await this.loadObject()
    } catch (error) {
      if (error instanceof Http404) return this.objectGone()
      throw error
    }
    return super.post()
  }

  /** Answers a form whose row is not there (any more): 404, with what was typed. */
  async objectGone(): Promise<HttpResponse> {
    return gonePage(this.request, this.model, await this.#formWithoutRow())
  }

  /** What a project makes of its form may read the row: then the class alone has to do, or nothing is given back. */
  async #formWithoutRow(): Promise<F | null> {
    const { fields: data, files } = await this.request.form()
    const FormClass = this.getFormClass() as unknown as new (options: FormKwargs) => F
    try {
      return await this.getForm()
    } catch {
      try {
        return new FormClass({ data, files, prefix: this.getPrefix() })
      } catch {
        return null
      }
    }
  }

  override getContextData(): Promise<ModelFormContext<F, Instance<M>>> {
    return super.getContextData() as Promise<ModelFormContext<F, Instance<M>>>
  }
}

/** The constructor that `UpdateView(Post, …)` gives: `extends UpdateView(Post, …)<{ slug: string }>` states the URL's parameters. */
export interface UpdateViewClass<M extends ViewModel, F extends AnyForm> {
  new <P = Kwargs>(): ModelUpdateView<M, F, P>
  readonly asView: typeof View.asView
}

/**
 * A page with a form that changes a row, found by the `pk` or the `slug` of the URL: `UpdateView(Post, { fields: ['title'] })`.
 * Options and template are those of `CreateView`. The form tells who saves it that another changed the row since the page was
 * opened, unless `versionCheck` is turned off.
 */
export function UpdateView<M extends ViewModel, F extends AnyForm>(model: M, options: OwnForm<F>): UpdateViewClass<M, F>
export function UpdateView<
  M extends ViewModel,
  const Name extends EditableName<M> = EditableName<M>,
  const Left extends EditableName<M> = never,
  Extra extends FormFields = {},
>(model: M, options: ModelFormOptions<M, Name, Left, Extra>): UpdateViewClass<M, FormMade<M, Name, Left, Extra>>
export function UpdateView(model: ViewModel, options: EditingOptions): unknown {
  const checked =
    'formClass' in options ? { formClass: withVersionCheck(options.formClass) } : { versionCheck: true, ...options }
  return editingView(model, 'UpdateView', checked, class extends ModelUpdateView<ViewModel, AnyForm> {})
}

/** A form of one's own checks too, unless it says that it does not. Forms that are not of a model have nothing to compare. */
function withVersionCheck(formClass: ViewFormClass): ViewFormClass {
  const own = formClass as unknown as typeof BaseModelForm
  if (!(own.prototype instanceof BaseModelForm) || own.settings.versionCheck !== undefined) return formClass
  const checked = class extends own<unknown> {
    static override get settings(): (typeof BaseModelForm)['settings'] {
      return { ...own.settings, versionCheck: true }
    }
  }
  return Object.defineProperty(checked, 'name', { value: own.name }) as unknown as ViewFormClass
}
