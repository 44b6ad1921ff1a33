import { ImproperlyConfigured } from '@nuages/foundation'
import type { HttpResponse } from '@nuages/http'
import type { TemplateContext, TemplateName } from '@nuages/templates'
import type { Kwargs } from '@nuages/urls'
import { render } from '../shortcuts/render.ts'
import { View } from '../view.ts'

/** What the template of every generic view sees. */
export type ViewContext = {
  /** The view itself. */
  readonly view: unknown
}

/** A view that answers with a template. Django's `TemplateResponseMixin` and `ContextMixin`. */
export abstract class TemplateResponseView<P = Kwargs> extends View<P> {
  /** The template, as the engine finds it: `'blog/about.html'`, or the `URL` of a file. */
  templateName: TemplateName | undefined = undefined
  /** The whole `Content-Type`, if not HTML. */
  contentType: string | undefined = undefined
  /** Added to the context. */
  extraContext: TemplateContext = {}

  /** The templates to try, the first that exists winning. */
  getTemplateNames(): readonly TemplateName[] {
    if (this.templateName !== undefined) return [this.templateName]
    throw new ImproperlyConfigured(
      `${this.constructor.name} has no template. Give it a templateName, or override getTemplateNames().`,
    )
  }

  /** What the template sees. An override spreads `await super.getContextData()`. */
  async getContextData(): Promise<ViewContext> {
    return { view: this, ...this.extraContext }
  }

  /** The response for a context. */
  renderToResponse(context: TemplateContext, options: { readonly status?: number } = {}): Promise<HttpResponse> {
    const contentType = this.contentType === undefined ? {} : { contentType: this.contentType }
    return render(this.request, this.getTemplateNames(), context, { ...options, ...contentType })
  }
}
