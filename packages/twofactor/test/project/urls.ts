import { authUrls } from '@nuages/auth'
import { type HttpRequest, HttpResponse } from '@nuages/http'
import { include, path } from '@nuages/urls'
import { View } from '@nuages/views'
import { twoFactorRequired, twofactorUrls } from '../../src/index.ts'

class Vault extends twoFactorRequired(View) {
  get(): HttpResponse {
    return new HttpResponse('gold')
  }
}

export const urlpatterns = [
  path('', async (request: HttpRequest) => new HttpResponse(String(await request.user))),
  path(
    'payroll/',
    twoFactorRequired(async (_request: HttpRequest) => new HttpResponse('money')),
  ),
  path('vault/', Vault.asView()),
  path('accounts/', include(authUrls)),
  path('accounts/two-factor/', include(twofactorUrls)),
]
