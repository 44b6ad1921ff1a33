import { renderTemplate } from '@nuages/core'
import { type HttpRequest, HttpResponse, type ResponseOptions } from '@nuages/http'
import type { TemplateContext, TemplateName } from '@nuages/templates'

/**
 * The response of a template, or of the first of several that exists. The context may hold querysets and relations: they are
 * loaded when the template reads them. `options` are those of `HttpResponse`. Django's `render`.
 */
export async function render(
  request: HttpRequest,
  template: TemplateName | readonly TemplateName[],
  context: TemplateContext = {},
  options: ResponseOptions = {},
): Promise<HttpResponse> {
  return new HttpResponse(await renderTemplate(template, context, request), options)
}

/** The text of a template; with a request, context processors take part. Django's `render_to_string`. */
export function renderToString(
  template: TemplateName | readonly TemplateName[],
  context: TemplateContext = {},
  request?: HttpRequest,
): Promise<string> {
  return renderTemplate(template, context, request)
}
