import type { HttpRequest } from '@nuages/http'
import { html, type SafeString, type TemplateContext, type TemplateLibrary } from '@nuages/templates'
import { TemplateTagError } from '../errors.ts'
import { csrfPolicy } from './csrf-policy.ts'
import { tokenField } from './csrf-token.ts'
import { getToken } from './get-token.ts'

/** `{% csrf %}`: the hidden field of a form. Without a request, as on a 500 page, nothing. */
function csrf(context: TemplateContext): SafeString | string {
  const request = context.request as HttpRequest | undefined
  if (request === undefined) {
    if (!csrfPolicy().debug) return ''
    throw new TemplateTagError('{% csrf %} needs the request in the context.', {
      hint: 'Render with render(request, …) or renderTemplate(name, context, request).',
    })
  }
  return html`<input type="hidden" name="${tokenField}" value="${getToken(request)}">`
}

/** The tags of a form's token. Every project has them. */
export const csrfLibrary: TemplateLibrary = { tags: { csrf, csrf_token: csrf } }
