import { addNeverCacheHeaders, type HttpRequest, type HttpResponse } from '@nuages/http'
import { render } from '@nuages/views'
import { hasRecentLogin } from '../login/recent-login.ts'
import type { CurrentUser } from '../users/get-user-model.ts'
import { urlBesideIfThere } from './beside-this-page.ts'

/**
 * Who has no password, as those whom the web server tells (`RemoteUserBackend`), cannot be asked for it before what matters:
 * they have to have logged in lately. The page that has them do so, where they have not; else `undefined`.
 *
 * ```ts
 * const again = await logInAgain(this.request, user)
 * if (again !== undefined) return again
 * ```
 */
export async function logInAgain(request: HttpRequest, user: CurrentUser): Promise<HttpResponse | undefined> {
  if (user.hasUsablePassword() || (await hasRecentLogin(request))) return undefined
  const context = { logoutUrl: urlBesideIfThere(request, 'logout'), next: request.fullPath }
  return addNeverCacheHeaders(await render(request, 'registration/log_in_again.html', context))
}
