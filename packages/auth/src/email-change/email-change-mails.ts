import type { HttpRequest } from '@nuages/http'
import { mailTemplates, sendAccountMail } from '../account-mail/account-mail.ts'
import { usersOfAddress } from '../account-mail/users-of-address.ts'
import { EmailChangeTokenGenerator } from '../account-tokens/email-tokens.ts'
import { addressOf } from '../account-tokens/password-reset-token-generator.ts'
import { encodeForLink, uidOf } from '../account-tokens/user-of-link.ts'
import { isUnverified } from '../signup/unverified-account.ts'
import type { CurrentUser } from '../users/get-user-model.ts'
import { besideThisPage } from '../views/beside-this-page.ts'

/** A change that was asked for. */
export interface AskedChange {
  readonly request: HttpRequest
  readonly origin: string
  readonly user: CurrentUser
  readonly newAddress: string
}

/** Mails the new address a link, or a note where it has an account, and the old one a note. */
export async function mailAboutChange(change: AskedChange): Promise<void> {
  const { newAddress, user } = change
  const others = (await usersOfAddress(newAddress)).filter(({ pk }) => pk !== user.pk)
  const owner = others.find((other) => !isUnverified(other))
  const sent = await Promise.allSettled([
    owner === undefined ? sendLink(change) : owner.isActive ? sendTakenNote(change, owner) : undefined,
    sendNote(change),
  ])
  for (const result of sent) if (result.status === 'rejected') throw result.reason
}

async function sendLink({ request, origin, user, newAddress }: AskedChange): Promise<void> {
  const args = {
    uidb64: uidOf(user),
    addressb64: encodeForLink(newAddress),
    token: new EmailChangeTokenGenerator(newAddress).makeToken(user),
  }
  const url = origin + besideThisPage(request, 'email_change_confirm', args)
  const templates = mailTemplates('email_change')
  await sendAccountMail({ request, to: newAddress, user, templates, context: { ...args, url, newEmail: newAddress } })
}

async function sendNote({ request, user, newAddress }: AskedChange): Promise<void> {
  const templates = mailTemplates('email_change_note')
  const to = addressOf(user)
  if (to === '') return
  await sendAccountMail({ request, to, user, templates, context: { newEmail: newAddress } })
}

async function sendTakenNote({ request }: AskedChange, owner: CurrentUser): Promise<void> {
  const templates = mailTemplates('email_change_taken')
  await sendAccountMail({ request, to: addressOf(owner), user: owner, templates })
}

/** Tells the address that was the user's that it no longer is. */
export async function sendChangedNote(
  { request, user, newAddress }: Omit<AskedChange, 'origin'>,
  formerAddress: string,
): Promise<void> {
  if (formerAddress === '') return
  const templates = mailTemplates('email_changed')
  await sendAccountMail({ request, to: formerAddress, user, templates, context: { newEmail: newAddress } })
}
