import { type HttpRequest, type HttpResponse, HttpResponseSeeOther } from '@nuages/http'
import { LoginError } from '../errors.ts'
import type { CurrentUser } from '../users/get-user-model.ts'
import { type LoginOptions, login, loginBackend } from './login.ts'
import { loginSteps } from './login-step.ts'
import { forgetPending, type PendingLogin, pendingLogin, rememberPending } from './pending-login.ts'

export interface StartLoginOptions extends LoginOptions {
  /** Where the log-in leads: a URL of this site, checked before. */
  readonly next: string
}

/**
 * What a page does with whom `authenticate` found: logs them in and sends them on to `next`, or first to the page of a
 * step that is asked of them, such as a second factor. Until then the request stays nobody's. `login` skips the steps.
 */
export async function startLogin(
  request: HttpRequest,
  user: CurrentUser,
  { next, ...options }: StartLoginOptions,
): Promise<HttpResponse> {
  // A former log-in that was left half way says nothing of this one.
  await forgetPending(request)
  return goOn(request, { user, backend: loginBackend(user, options), next, done: [] })
}

/**
 * What the page of a step does once it is content: goes on to the next step, or logs in whoever is half in. Throws
 * `LoginError` where nobody is: ask `pendingLogin` before.
 */
export async function continueLogin(request: HttpRequest, app: string): Promise<HttpResponse> {
  const pending = await pendingLogin(request)
  if (pending === undefined) {
    throw new LoginError(`The step of '${app}' was taken in a session where nobody is about to log in.`, {
      hint: 'Ask pendingLogin(request) first, and send whom it does not know to the log-in.',
    })
  }
  return goOn(request, { ...pending, done: [...pending.done, app] })
}

/**
 * Whether more than the password is asked of a user: then the password alone must not do elsewhere either, as with HTTP
 * Basic.
 */
export async function needsLoginStep(request: HttpRequest, user: CurrentUser): Promise<boolean> {
  return (await nextPage(request, user, [])) !== undefined
}

async function goOn(request: HttpRequest, pending: PendingLogin): Promise<HttpResponse> {
  const page = await nextPage(request, pending.user, pending.done)
  if (page !== undefined) {
    await rememberPending(request, pending)
    return new HttpResponseSeeOther(page)
  }
  await login(request, pending.user, { backend: pending.backend })
  return new HttpResponseSeeOther(pending.next)
}

/** The page of the first step that is not taken yet and is asked of this user. */
async function nextPage(request: HttpRequest, user: CurrentUser, done: readonly string[]): Promise<string | undefined> {
  for (const step of loginSteps()) {
    if (done.includes(step.app)) continue
    const page = await step.pageFor(request, user)
    if (page !== undefined) return page
  }
  return undefined
}
