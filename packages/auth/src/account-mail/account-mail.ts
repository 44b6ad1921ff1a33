import { afterAnswer } from '@nuages/core'
import type { HttpRequest } from '@nuages/http'
import { type EmailTemplates, renderEmail } from '@nuages/mail'
import { onCommit } from '@nuages/orm'
import type { CurrentUser } from '../users/get-user-model.ts'
import { siteOrigin } from './site-origin.ts'

/** What every mail about an account is sent with. */
export interface AccountMail {
  readonly request: HttpRequest
  /** The address, as it is stored: never as a visitor has typed it. */
  readonly to: string
  /** Whose account it is about. */
  readonly user: CurrentUser
  readonly templates: EmailTemplates
  /** By default `mail.defaultFromEmail`. */
  readonly from?: string | undefined
  /** What the templates know beside `user`, `email`, `siteName`, `domain` and `protocol`. */
  readonly context?: Readonly<Record<string, unknown>>
}

/** Renders and sends a mail about an account. The templates know what Django's know, by its names in camelCase. */
export async function sendAccountMail({ request, to, user, templates, from, context }: AccountMail): Promise<void> {
  const origin = new URL(siteOrigin(request))
  const site = { siteName: origin.host, domain: origin.host, protocol: origin.protocol.slice(0, -1) }
  const message = await renderEmail(templates, { ...site, user, email: to, ...context }, { to, from })
  await message.send()
}

/**
 * Does what a visitor must not learn from an answer, nor from the time that it takes: looking for an account and mailing it.
 * It begins once the answer is on its way and what it wrote is committed; what fails is logged.
 */
export async function mailLater(work: () => Promise<void>): Promise<void> {
  await onCommit(() => afterAnswer(work))
}

/** The templates of a mail of this package, by Django's way to name them. */
export function mailTemplates(name: string): EmailTemplates {
  const file = (end: string) => `registration/${name}_${end}`
  return { subject: file('subject.txt'), text: file('email.txt'), html: file('email.html') }
}
