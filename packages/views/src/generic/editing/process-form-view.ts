import { type AnyForm, InvalidForm } from '@nuages/forms'
import { type HttpResponse, HttpResponseSeeOther, PermissionDenied } from '@nuages/http'
import type { Kwargs } from '@nuages/urls'
import type { MaybeResponse } from '../../view.ts'
import { TemplateResponseView, type ViewContext } from '../template-response-view.ts'

/** A class of forms that a view can show. */
export type ViewFormClass<F extends AnyForm = AnyForm> = new (options: never) => F

/** What a form is made with: the options of its constructor. */
export type FormKwargs = Readonly<Record<string, unknown>>

/** What the template of a form sees. */
export type FormContext<F> = ViewContext & {
  readonly form: F
}

/** The methods whose body is a form. */
const sends: ReadonlySet<string> = new Set(['POST', 'PUT', 'DELETE'])

/**
 * Shows a form, takes what it sends, and goes elsewhere once that is valid. Django's `FormMixin` and `ProcessFormView`. Its
 * subclasses say which form and what becomes of it.
 */
export abstract class ProcessFormView<F extends AnyForm, P = Kwargs> extends TemplateResponseView<P> {
  /** The class of the form: what the function that made this view was given. */
  declare readonly formClass: ViewFormClass<F>
  /** What the form shows before anything is sent, by field. */
  initial: Readonly<Record<string, unknown>> = {}
  /** Stands before the names of the form's inputs. */
  prefix: string | undefined = undefined
  /** The status of the page that shows an invalid form again. 422 is what Turbo and its like ask for. */
  invalidStatus = 200
  /** The form. It is there before `getContextData`, `formValid` and `formInvalid` are called. */
  form!: F

  /** Whether this request may use the view: `false` answers 403. It is asked before anything is read. */
  hasPermission(): boolean | Promise<boolean> {
    return true
  }

  /** What the form shows before anything is sent; an override adds what depends on the request. */
  getInitial(): Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>> {
    return this.initial
  }

  getPrefix(): string | undefined {
    return this.prefix
  }

  getFormClass(): ViewFormClass<F> {
    return this.formClass
  }

  /** The options that the form is made with. An override spreads `await super.getFormKwargs()`. */
  async getFormKwargs(): Promise<FormKwargs> {
    const kwargs = { initial: await this.getInitial(), prefix: this.getPrefix() }
    if (!sends.has(this.request.method)) return kwargs
    const { fields: data, files } = await this.request.form()
    return { ...kwargs, data, files }
  }

  async getForm(): Promise<F> {
    const FormClass = this.getFormClass() as unknown as new (options: FormKwargs) => F
    return new FormClass(await this.getFormKwargs())
  }

  /** Where a request goes whose form was accepted. */
  abstract getSuccessUrl(): string

  /** Takes a valid form in and answers; this one goes to `getSuccessUrl()`. */
  formValid(_form: F): MaybeResponse {
    return new HttpResponseSeeOther(this.getSuccessUrl())
  }

  /** Shows the form again, with what was sent and what is wrong with it. */
  async formInvalid(_form: F): Promise<HttpResponse> {
    return this.renderToResponse(await this.getContextData(), { status: this.invalidStatus })
  }

  /** Called once a form was accepted and what it changed is committed: the place for messages to the visitor. */
  onSuccess(_form: F): void | Promise<void> {}

  override async getContextData(): Promise<FormContext<F>> {
    return { form: this.form, ...(await super.getContextData()) }
  }

  /** Asks `hasPermission()` first. */
  override async dispatch(): Promise<HttpResponse> {
    if (!(await this.hasPermission())) throw new PermissionDenied(`${this.constructor.name}.hasPermission() says no.`)
    return super.dispatch()
  }

  async get(): Promise<HttpResponse> {
    this.form = await this.getForm()
    return this.renderToResponse(await this.getContextData())
  }

  async post(): Promise<HttpResponse> {
    this.form = await this.getForm()
    const response = (await this.form.isValid()) ? await this.#accepted() : undefined
    if (response === undefined) return this.formInvalid(this.form)
    await this.onSuccess(this.form)
    return response
  }

  async put(): Promise<HttpResponse> {
    return this.post()
  }

  /** Calls `formValid`; a view that writes to the database does so in a transaction. */
  protected async accept(form: F): Promise<HttpResponse> {
    return this.formValid(form)
  }

  /** The response, unless saving found what validation could not: its error stands in the form then. */
  async #accepted(): Promise<HttpResponse | undefined> {
    try {
      return await this.accept(this.form)
    } catch (error) {
      if (error instanceof InvalidForm && error.form === this.form) return undefined
      throw error
    }
  }
}
