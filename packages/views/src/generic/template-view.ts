import type { HttpResponse } from '@nuages/http'
import type { Kwargs } from '@nuages/urls'
import { TemplateResponseView, type ViewContext } from './template-response-view.ts'

/**
 * Shows a template, whose context has the parameters of the URL: `TemplateView.asView({ templateName: 'about.html' })`.
 * Django's `TemplateView`.
 */
export class TemplateView<P = Kwargs> extends TemplateResponseView<P> {
  override async getContextData(): Promise<ViewContext & P> {
    return { ...this.params, ...(await super.getContextData()) }
  }

  async get(): Promise<HttpResponse> {
    return this.renderToResponse(await this.getContextData())
  }
}
