import { type HttpRequest, HttpResponse } from '@nuages/http'
import { include, path } from '@nuages/urls'
import { authUrls, loginRequired, SignUpView } from '../../src/index.ts'
import { JoinForm } from './join-form.ts'

async function whoami(request: HttpRequest): Promise<HttpResponse> {
  return new HttpResponse(String(await request.user))
}

export const urlpatterns = [
  path('', whoami, 'home'),
  path('members/', loginRequired(whoami), 'members'),
  path('join/', SignUpView.asView({ formClass: JoinForm as never }), 'join'),
  path('accounts/', include(authUrls)),
]
