import { authUrls, loginRequired, permissionRequired } from '@nuages/auth'
import { getToken } from '@nuages/core'
import { Http404, type HttpRequest, HttpResponse, JsonResponse } from '@nuages/http'
import { include, path } from '@nuages/urls'
import { View } from '@nuages/views'
import { tokenOrLoginRequired, tokenRequired } from '../../src/index.ts'

async function whoami(request: HttpRequest): Promise<HttpResponse> {
  const user = await request.user
  return new JsonResponse({
    user: String(user),
    scheme: request.auth?.scheme ?? null,
    scopes: request.auth?.scopes ?? null,
    session: (await request.session.get('colour')) ?? null,
    cookies: request.cookies.size,
  })
}

class Posts extends View<{ id: number }> {
  get(): HttpResponse {
    return new HttpResponse(`post ${this.params.id}`)
  }

  async post(): Promise<HttpResponse> {
    return new HttpResponse(`changed by ${await this.request.user}`)
  }
}

class GuardedPosts extends tokenRequired('posts:write')(Posts) {}

export const urlpatterns = [
  path('', () => new HttpResponse('open to all')),
  path('page/', loginRequired(whoami)),
  path('anybody/', whoami),
  path('colour/', async ({ session }) => {
    await session.set('colour', 'green')
    return new HttpResponse('kept')
  }),
  path('form/', (request) => new HttpResponse(getToken(request))),
  path('api/me/', tokenRequired()(whoami)),
  path('api/read/', tokenRequired('posts:read')(whoami)),
  path('api/both/', tokenRequired('posts:read', 'posts:write')(whoami)),
  path('api/posts/<int:id>/', tokenRequired('posts:write')(Posts.asView())),
  path('api/class/<int:id>/', GuardedPosts.asView()),
  path('api/either/', tokenOrLoginRequired('posts:write')(whoami)),
  path('api/add/', tokenRequired('posts:write')(permissionRequired('auth.add_user')(whoami))),
  path(
    'api/missing/',
    tokenRequired()(() => {
      throw new Http404('no such post')
    }),
  ),
  path('accounts/', include(authUrls)),
]
