import { type CurrentUser, type Guard, guardWith, redirectToLogin, userOf, type ViewClass } from '@nuages/auth'
import type { AsyncView, WrappableView } from '@nuages/core'
import { type HttpRequest, type HttpResponse, HttpResponseRedirect } from '@nuages/http'
import { reverseName } from '@nuages/urls'
import { hasSecondFactor } from '../device/second-factor.ts'
import { isMarked } from '../login/session-mark.ts'

/** The address of a page of this app, from which one comes back to where the request was. */
function detour(request: HttpRequest, name: string): HttpResponseRedirect {
  return new HttpResponseRedirect(`${reverseName(name)}?next=${encodeURIComponent(request.fullPath)}`)
}

/** Who gave their second factor in this session; else where to send them. */
async function gate(request: HttpRequest, isOptional: boolean): Promise<HttpResponse | undefined> {
  const user = await userOf(request)
  if (!user.isAuthenticated) return redirectToLogin(request.fullPath)
  if (await isMarked(request, user as CurrentUser)) return undefined
  if (await hasSecondFactor(user as CurrentUser)) return detour(request, 'twofactor_challenge')
  return isOptional ? undefined : detour(request, 'twofactor_setup')
}

const strict: Guard = guardWith((request) => gate(request, false))

/**
 * Lets through who is logged in and gave their second factor in this session. Who has one is asked for it, who has none is
 * sent to set it up, and both come back. For functions, what `asView()` gives, and classes.
 *
 * ```ts
 * path('payroll/', twoFactorRequired(payroll), 'payroll')
 * ```
 */
export function twoFactorRequired<V extends WrappableView>(view: V): AsyncView<V>
export function twoFactorRequired<V extends ViewClass>(view: V): V
export function twoFactorRequired(view: ViewClass & WrappableView): unknown {
  return strict(view)
}

/** Lets through who is logged in, and gave their second factor if they have one: for the pages that change it. */
export const ownSecondFactor: Guard = guardWith((request) => gate(request, true))
