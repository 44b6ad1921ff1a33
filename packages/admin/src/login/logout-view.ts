import { logout } from '@nuages/auth'
import { type HttpResponse, HttpResponseNotAllowed, HttpResponseSeeOther } from '@nuages/http'
import { notify } from '../site/notify.ts'
import type { PageScope } from '../site/page-scope.ts'

/** Signs out. It takes POST alone, so that no link and no image on another page does it. */
export async function logoutView({ site, request }: PageScope): Promise<HttpResponse> {
  if (request.method !== 'POST') return new HttpResponseNotAllowed(['POST'])
  await logout(request)
  notify(request, 'success', 'You are signed out.')
  return new HttpResponseSeeOther(site.url('login'))
}
