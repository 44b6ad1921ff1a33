import { type CurrentUser, logout, redirectToLogin, userOf } from '@nuages/auth'
import { addNeverCacheHeaders, type HttpResponse, HttpResponseSeeOther } from '@nuages/http'
import { gettext, ngettext } from '@nuages/i18n'
import { messages } from '@nuages/messages'
import { TemplateView } from '@nuages/views'
import { currentSessionHash, endOtherSessions, endSession } from './end-sessions.ts'
import { liveSessions } from './live-sessions.ts'
import { sessionsOf, type UserSession } from './user-session.ts'

/** A session as the page lists it. */
export interface ListedSession {
  readonly session: UserSession
  /** Whether it is the one that the page was asked for in. */
  readonly isCurrent: boolean
}

/**
 * Lists where a user is logged in, this device first, and ends what they choose: `session` in the form names one, `others` all
 * but this.
 */
export class UserSessionsView extends TemplateView {
  override templateName: string | undefined = 'registration/sessions.html'

  override async dispatch(): Promise<HttpResponse> {
    if (!(await userOf(this.request)).isAuthenticated) return redirectToLogin(this.request.fullPath)
    return addNeverCacheHeaders(await super.dispatch())
  }

  async post(): Promise<HttpResponse> {
    const { fields } = await this.request.form()
    if (fields.has('others')) await this.#endOthers()
    else await this.#end(fields.get('session') ?? '')
    return new HttpResponseSeeOther(this.request.fullPath)
  }

  override async getContextData() {
    const current = await currentSessionHash(this.request)
    const listed = (await liveSessions(await this.#user())).map(
      (session): ListedSession => ({ session, isCurrent: session.sessionHash === current }),
    )
    listed.sort((one, other) => Number(other.isCurrent) - Number(one.isCurrent))
    return { ...(await super.getContextData()), sessions: listed }
  }

  async #user(): Promise<CurrentUser> {
    return (await userOf(this.request)) as CurrentUser
  }

  async #endOthers(): Promise<void> {
    const ended = await endOtherSessions(this.request)
    const text =
      ended === 0
        ? gettext('You are logged in nowhere else.')
        : ngettext('One other device was logged out.', '{count} other devices were logged out.', ended)
    messages.success(this.request, text, { failSilently: true })
  }

  /** One of the user's own: an id of somebody else's finds nothing. */
  async #end(id: string): Promise<void> {
    const session = /^\d{1,15}$/.test(id)
      ? await sessionsOf(await this.#user())
          .filter({ id: Number(id) })
          .first()
      : null
    if (session === null) {
      messages.info(this.request, gettext('That device was logged out already.'), { failSilently: true })
    } else if (session.sessionHash === (await currentSessionHash(this.request))) {
      await logout(this.request)
    } else {
      await endSession(session)
      messages.success(this.request, gettext('{device} was logged out.', { device: session.agent }), {
        failSilently: true,
      })
    }
  }
}
