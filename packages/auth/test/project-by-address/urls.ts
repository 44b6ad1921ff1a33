import { type HttpRequest, HttpResponse } from '@nuages/http'
import { include, path } from '@nuages/urls'
import { render } from '@nuages/views'
import { authUrls, loginRequired, SignUpView } from '../../src/index.ts'
import { JoinForm } from './join-form.ts'

async function whoami(request: HttpRequest): Promise<HttpResponse> {
  return new HttpResponse(String(await request.user))
}

async function members(request: HttpRequest): Promise<HttpResponse> {
  return render(request, 'members.html')
}

export const urlpatterns = [
  path('', whoami, 'home'),
  // What a browser asks every site for.
  path('favicon.ico', () => new HttpResponse('', { status: 204 })),
  path('members/', loginRequired(members), 'members'),
  path('join/', SignUpView.asView({ formClass: JoinForm }), 'join'),
  path('accounts/', include(authUrls)),
]
