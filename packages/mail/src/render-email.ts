import { renderTemplate, templateEngine } from '@nuages/core'
import type { HttpRequest } from '@nuages/http'
import type { TemplateContext } from '@nuages/templates'
import { EmailMessage, type EmailOptions } from './email-message.ts'

/** What is sent along with the templates. With `request`, they know what every template of a request knows. */
export type RenderEmailOptions = Omit<EmailOptions, 'subject' | 'text' | 'html'> & {
  readonly request?: HttpRequest | undefined
}

/** The templates of a message, where they are not called alike. */
export interface EmailTemplates {
  readonly subject: string
  readonly text: string
  readonly html?: string | undefined
}

/**
 * Makes a message of templates: `X.subject.txt`, whose lines are joined, `X.txt`, and `X.html` where there is one; or of those
 * that are named one by one. Nothing is escaped in the first two, which are no HTML. The caller sends it:
 *
 * ```ts
 * const message = await renderEmail('mails/welcome', { name: user.name }, { to: user.email, request })
 * await message.send()
 * ```
 */
export async function renderEmail(
  name: string | EmailTemplates,
  context: TemplateContext,
  { request, ...options }: RenderEmailOptions,
): Promise<EmailMessage> {
  const templates = typeof name === 'string' ? templatesCalled(name) : name
  const subject = await renderTemplate(templates.subject, context, request, { autoescape: false })
  const text = await renderTemplate(templates.text, context, request, { autoescape: false })
  const html = templates.html && (await renderTemplate(templates.html, context, request))
  return new EmailMessage({ ...options, subject: subject.trim().replace(/\s*[\r\n]+\s*/g, ' '), text, html })
}

function templatesCalled(name: string): EmailTemplates {
  const html = `${name}.html`
  return { subject: `${name}.subject.txt`, text: `${name}.txt`, html: templateEngine().has(html) ? html : undefined }
}
