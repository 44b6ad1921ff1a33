import { authUrls } from '@nuages/auth'
import { type HttpRequest, HttpResponse, JsonResponse } from '@nuages/http'
import { include, path } from '@nuages/urls'
import { endOtherSessions, userSessionsUrls } from '../../src/index.ts'

export const urlpatterns = [
  path('', () => new HttpResponse('untouched')),
  path('favicon.ico', () => new HttpResponse('', { status: 204 })),
  path('who/', async (request: HttpRequest) => new HttpResponse(String(await request.user))),
  path('keep/', async ({ session }: HttpRequest) => {
    await session.set('colour', 'green')
    return new HttpResponse('kept')
  }),
  path('cycle/', async ({ session }: HttpRequest) => {
    await session.cycleKey()
    return new HttpResponse('cycled')
  }),
  path('others/', async (request: HttpRequest) => new JsonResponse(await endOtherSessions(request))),
  path('accounts/', include(authUrls)),
  path('accounts/', include(userSessionsUrls)),
]
