import { renderTemplate, templateEngine } from '@nuages/core'
import type { HttpRequest } from '@nuages/http'
import type { TemplateContext } from '@nuages/templates'
import { EmailMessage, type EmailOptions } from './email-message.ts'

/** What is sent along with the templates. With `request`, they know what every template of a request knows. */
export type RenderEmailOptions = Omit<EmailOptions, 'subject' | 'text' | 'html'> & { readonly request?: HttpRequest }

/**
 * Makes a message of templates: `X.subject.txt`, whose lines are joined, `X.txt`, and `X.html` where there is one. The caller
 * sends it: `await (await renderEmail('registration/password_reset', { link }, { to: user.email })).send()`.
 */
export async function renderEmail(
  name: string,
  context: TemplateContext,
  { request, ...options }: RenderEmailOptions,
): Promise<EmailMessage> {
  const subject = await renderTemplate(`${name}.subject.txt`, context, request)
  const text = await renderTemplate(`${name}.txt`, context, request)
  const html = templateEngine().has(`${name}.html`) ? await renderTemplate(`${name}.html`, context, request) : undefined
  return new EmailMessage({ ...options, subject: subject.trim().replace(/\s*[\r\n]+\s*/g, ' '), text, html })
}
