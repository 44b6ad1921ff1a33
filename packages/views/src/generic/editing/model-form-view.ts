import { type AnyForm, BaseModelForm } from '@nuages/forms'
import { type HttpResponse, PermissionDenied } from '@nuages/http'
import { atomic, databaseAliasOf, type Instance } from '@nuages/orm'
import type { TemplateName } from '@nuages/templates'
import type { Kwargs } from '@nuages/urls'
import type { RowSource } from '../../pagination/row-source.ts'
import { getObjectOr404 } from '../../shortcuts/get-object-or-404.ts'
import { lookupConditions } from '../object-lookup.ts'
import type { QuerySource } from '../query-source.ts'
import { defaultTemplate, type ViewModel, variableName } from '../view-model.ts'
import { type FormContext, type FormKwargs, ProcessFormView } from './process-form-view.ts'
import { absoluteUrlOf, type SuccessUrl, successUrlOf } from './success-url.ts'

/** What the template of a row's form sees, besides the row under the model's name (`post`). */
export type ModelFormContext<F, Row> = FormContext<F> & {
  /** The row that is edited; `null` where it is yet to be made. */
  readonly object: Row
}

/** A form that saves a row. */
export type SavingForm = AnyForm & { save(): Promise<object> }

/** What the views that make, change and delete a row share. Django's `ModelFormMixin`. */
export abstract class ModelFormView<M extends ViewModel, F extends AnyForm, P = Kwargs> extends ProcessFormView<F, P> {
  declare readonly model: M
  /** The rows to look in, where they are not all. */
  queryset: RowSource<Instance<M>> | undefined = undefined
  /** The parameter of the URL that holds the primary key. */
  pkUrlKwarg = 'pk'
  /** The parameter of the URL that holds the slug. */
  slugUrlKwarg = 'slug'
  /** The field that the slug is looked for in. */
  slugField = 'slug'
  /** With both parameters in the URL, whether the row must have both: so nobody can guess keys. */
  queryPkAndSlug = false
  /** What the template calls the row besides `object`; `post` if left out. */
  contextObjectName: string | undefined = undefined
  templateNameSuffix = '_form'
  /** Where to after the row was saved: a URL, or a function of the row. Without it, to the row's `getAbsoluteUrl()`. */
  successUrl: SuccessUrl<[object: Instance<M>]> | undefined = undefined
  /** The row; `null` where it is yet to be made. It is there before the form is. */
  object: Instance<M> | null = null

  /** The rows to look in: those of the visitor alone, for example; any other is a 404. It is synchronous. */
  getQueryset(): RowSource<Instance<M>> {
    return ((this.queryset ?? this.model.objects) as QuerySource<Instance<M>>).all()
  }

  /** The row that the URL names. Throws `Http404` where there is none. */
  getObject(): Promise<Instance<M>> {
    return getObjectOr404(this.getQueryset() as never, lookupConditions(this) as never)
  }

  /** Whether this request may do this with the row: `false` answers 403. */
  hasObjectPermission(_object: Instance<M>): boolean | Promise<boolean> {
    return true
  }

  getContextObjectName(): string {
    return this.contextObjectName ?? variableName(this.model)
  }

  override getTemplateNames(): readonly TemplateName[] {
    return [this.templateName ?? defaultTemplate(this.model, this.templateNameSuffix)]
  }

  override async getFormKwargs(): Promise<FormKwargs> {
    return { ...(await super.getFormKwargs()), instance: this.object }
  }

  override getSuccessUrl(): string {
    const object = this.object as Instance<M> & object
    return this.successUrl === undefined ? absoluteUrlOf(this, object) : successUrlOf(this.successUrl, object)
  }

  /** Saves the row, and goes on. */
  override async formValid(form: F): Promise<HttpResponse> {
    this.object = (await (form as unknown as SavingForm).save()) as Instance<M>
    return super.formValid(form)
  }

  override async getContextData(): Promise<ModelFormContext<F, Instance<M> | null>> {
    const own = { object: this.object, [this.getContextObjectName()]: this.object }
    return { ...own, ...(await super.getContextData()) }
  }

  /** In one transaction: what an override of `formValid` writes besides stands or falls with the row. */
  protected override async accept(form: F): Promise<HttpResponse> {
    const { object } = this
    const using = object === null ? undefined : databaseAliasOf(object as object)
    let isSaved = false
    const save = async () => {
      const response = await super.accept(form)
      isSaved = true
      return response
    }
    try {
      return await atomic(save, using === undefined ? {} : { using })
    } catch (error) {
      // A row that was made and rolled back is none.
      this.object = object
      // A row that it refers to may be missed when the transaction ends, and not before.
      throw isSaved && form instanceof BaseModelForm ? form.explain(error) : error
    }
  }

  /** Reads the row. Throws `PermissionDenied` where the request may not touch it. */
  protected async loadObject(): Promise<Instance<M>> {
    const object = await this.getObject()
    if (await this.hasObjectPermission(object)) return object
    throw new PermissionDenied(`${this.constructor.name}.hasObjectPermission() says no.`)
  }
}
