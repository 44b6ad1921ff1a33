import { type AnyForm, Form, InvalidForm } from '@nuages/forms'
import { type HttpResponse, HttpResponseSeeOther } from '@nuages/http'
import {
  type CollectedDeletion,
  collectDeletion,
  type Instance,
  ProtectedError,
  RestrictedError,
  ValidationError,
} from '@nuages/orm'
import type { Kwargs } from '@nuages/urls'
import type { View } from '../../view.ts'
import { metaOf, modelView, type ViewModel } from '../view-model.ts'
import type { OwnForm } from './edited-form.ts'
import { type ModelFormContext, ModelFormView } from './model-form-view.ts'
import { noSuccessUrl, successUrlOf } from './success-url.ts'

/** What the template that asks whether to delete a row sees. */
export type DeleteContext<F, Row> = ModelFormContext<F, Row> & {
  /** What goes with the row, what it changes, and what forbids it. */
  readonly deletion: CollectedDeletion
  /** Whether another row forbids it. */
  readonly isProtected: boolean
}

/** A form without fields: to send it is to say yes. */
class Confirmation extends Form({}) {}

/** The class that `DeleteView` makes. Django's `DeleteView`. */
export abstract class ModelDeleteView<M extends ViewModel, F extends AnyForm, P = Kwargs> extends ModelFormView<
  M,
  F,
  P
> {
  /** The row that is to go. It is there before the form is. */
  declare object: Instance<M>
  override templateNameSuffix = '_confirm_delete'

  /** It is asked before the row goes, so that a function may read the row. */
  override getSuccessUrl(): string {
    if (this.successUrl === undefined) throw noSuccessUrl(this)
    return successUrlOf(this.successUrl, this.object)
  }

  /** Deletes the row and what goes with it, and goes on. */
  override async formValid(_form: F): Promise<HttpResponse> {
    const url = this.getSuccessUrl()
    await (this.object as { delete(): Promise<unknown> }).delete()
    return new HttpResponseSeeOther(url)
  }

  override async getContextData(): Promise<DeleteContext<F, Instance<M>>> {
    const deletion = await collectDeletion([this.object as object])
    const isProtected = deletion.protected.length > 0 || deletion.restricted.length > 0
    return { deletion, isProtected, ...((await super.getContextData()) as ModelFormContext<F, Instance<M>>) }
  }

  override async get(): Promise<HttpResponse> {
    this.object = await this.loadObject()
    return super.get()
  }

  override async post(): Promise<HttpResponse> {
    this.object = await this.loadObject()
    return super.post()
  }

  async delete(): Promise<HttpResponse> {
    return this.post()
  }

  /** A row that others need is an error of the form: the page is shown again and says which. */
  protected override async accept(form: F): Promise<HttpResponse> {
    try {
      return await super.accept(form)
    } catch (error) {
      if (!(error instanceof ProtectedError || error instanceof RestrictedError)) throw error
      const message = `This ${metaOf(this.model).verboseName} cannot be deleted, since others need it.`
      form.addError(null, new ValidationError(message, { code: error.code }))
      throw new InvalidForm(form, message)
    }
  }
}

/** The constructor that `DeleteView(Post)` gives: `extends DeleteView(Post)<{ slug: string }>` states the URL's parameters. */
export interface DeleteViewClass<M extends ViewModel, F extends AnyForm> {
  new <P = Kwargs>(): ModelDeleteView<M, F, P>
  readonly asView: typeof View.asView
}

/**
 * A page that asks whether to delete a row, and deletes it when its form is sent (or on DELETE). It takes a `successUrl`. The
 * template is `<app>/<model>_confirm_delete.html`; it sees `object`, `form`, what goes with the row in `deletion`, and
 * `isProtected` where another row forbids it. A form of one's own may ask for more than a click:
 * `DeleteView(Post, { formClass: TypeTheTitle })`; it is given the row as `instance`.
 */
export function DeleteView<M extends ViewModel, F extends AnyForm = Confirmation>(
  model: M,
  options?: OwnForm<F>,
): DeleteViewClass<M, F> {
  const made = class extends ModelDeleteView<M, F> {}
  Object.defineProperty(made.prototype, 'formClass', { value: options?.formClass ?? Confirmation, writable: true })
  return modelView(model, 'DeleteView', made) as unknown as DeleteViewClass<M, F>
}
