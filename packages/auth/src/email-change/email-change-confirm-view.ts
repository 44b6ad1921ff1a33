import { addNeverCacheHeaders, type HttpResponse, HttpResponseRedirect, HttpResponseSeeOther } from '@nuages/http'
import { atomic, IntegrityError } from '@nuages/orm'
import { sessionOf } from '@nuages/sessions'
import { TemplateView } from '@nuages/views'
import { loginRedirect } from '../access/redirect-to-login.ts'
import { mailLater } from '../account-mail/account-mail.ts'
import { usersOfAddress } from '../account-mail/users-of-address.ts'
import { EmailChangeTokenGenerator } from '../account-tokens/email-tokens.ts'
import { addressOf } from '../account-tokens/password-reset-token-generator.ts'
import { decodeFromLink, userOfUid } from '../account-tokens/user-of-link.ts'
import { userOf } from '../login/request-user.ts'
import { isUnverified } from '../signup/unverified-account.ts'
import { type CurrentUser, getUserModel } from '../users/get-user-model.ts'
import { besideThisPage } from '../views/beside-this-page.ts'
import { ofSecretLink } from '../views/own-page.ts'
import { pathWithoutToken } from '../views/secret-path.ts'
import { sendChangedNote } from './email-change-mails.ts'

declare module '@nuages/sessions' {
  interface SessionData {
    _auth_email_token: string
  }
}

const sessionKey = '_auth_email_token'

/** What a link to a new address says. */
export interface EmailChangeLink {
  readonly uidb64: string
  readonly addressb64: string
  readonly token: string
}

/** What is the matter with a link, if anything. */
type Finding = 'good' | 'bad' | 'taken' | 'other-user'

/**
 * The page that the link of a changed address leads to. It shows a button, to the user alone: who was sent a link because somebody
 * mistyped an address has nothing of it. The former address gets a note.
 */
export class EmailChangeConfirmView extends TemplateView<EmailChangeLink> {
  override templateName: string | undefined = 'registration/email_change_confirm.html'
  /** What stands in the address in place of the token. */
  confirmUrlToken = 'confirm'
  /** Whose address it is to be. */
  user: CurrentUser | null = null
  newAddress = ''
  finding: Finding = 'bad'

  override async dispatch(): Promise<HttpResponse> {
    const { uidb64, addressb64, token } = this.params
    this.user = await userOfUid(uidb64)
    this.newAddress = decodeFromLink(addressb64) ?? ''
    const session = sessionOf(this.request)
    const isMoved = token === this.confirmUrlToken
    const given: unknown = isMoved ? await session.get(sessionKey) : token
    this.finding = this.#isGood(given) ? 'good' : 'bad'
    if (this.finding === 'good' && !isMoved) {
      await session.set(sessionKey, token)
      const path = pathWithoutToken(this.request, token, this.confirmUrlToken)
      return ofSecretLink(new HttpResponseRedirect(path))
    }
    if (this.finding === 'good') {
      const visitor = await userOf(this.request)
      if (!visitor.isAuthenticated) return ofSecretLink(loginRedirect(this.request))
      if (visitor.pk !== this.user!.pk) this.finding = 'other-user'
    }
    return ofSecretLink(await super.dispatch())
  }

  #isGood(token: unknown): boolean {
    if (this.user?.isActive !== true || typeof token !== 'string') return false
    return new EmailChangeTokenGenerator(this.newAddress).checkToken(this.user, token)
  }

  async post(): Promise<HttpResponse> {
    if (this.finding === 'good') {
      const { request, newAddress } = this
      const user = this.user!
      const former = addressOf(user)
      if (await give(user, newAddress)) {
        await sessionOf(request).delete(sessionKey)
        await mailLater(() => sendChangedNote({ request, user, newAddress }, former))
        return new HttpResponseSeeOther(besideThisPage(request, 'email_change_complete'))
      }
      this.finding = 'taken'
    }
    return this.renderToResponse(await this.getContextData())
  }

  override async getContextData() {
    const { finding, newAddress, user: account } = this
    const changeUrl = besideThisPage(this.request, 'email_change')
    const known = { validlink: finding === 'good', finding, newAddress, account, changeUrl }
    return { ...(await super.getContextData()), ...known }
  }
}

/** Says that the address is changed. */
export class EmailChangeCompleteView extends TemplateView {
  override templateName: string | undefined = 'registration/email_change_complete.html'

  override async dispatch(): Promise<HttpResponse> {
    const user = await userOf(this.request)
    if (!user.isAuthenticated) return loginRedirect(this.request)
    this.extraContext = { address: addressOf(user), ...this.extraContext }
    return addNeverCacheHeaders(await super.dispatch())
  }
}

/** Gives a user an address; `false` where it is another's by now. Accounts that nobody has confirmed make way. */
async function give(user: CurrentUser, address: string): Promise<boolean> {
  const { objects, emailField } = getUserModel()
  const others = (await usersOfAddress(address)).filter(({ pk }) => pk !== user.pk)
  if (!others.every(isUnverified)) return false
  try {
    await atomic(async () => {
      for (const { pk, password } of others) await objects.filter({ pk, password } as never).delete()
      await objects.filter({ pk: user.pk } as never).update({ [emailField]: address } as never)
    })
  } catch (error) {
    if (error instanceof IntegrityError) return false
    throw error
  }
  await user.refreshFromDb()
  return true
}
