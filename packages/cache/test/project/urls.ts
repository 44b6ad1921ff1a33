import { renderTemplate } from '@nuages/core'
import { type HttpRequest, HttpResponse, StreamingHttpResponse } from '@nuages/http'
import { messages } from 'nuages/messages'
import { path, type UrlEntry } from 'nuages/urls'
import { cacheControl, cachePage, conditionalPage, neverCache, varyOnCookie, varyOnHeaders } from '../../src/index.ts'

/** How often views were asked. */
export const asked = { times: 0 }

function count(): number {
  asked.times += 1
  return asked.times
}

/** Says what the query tells it to: headers, a cookie, a status. */
function page(request: HttpRequest): HttpResponse {
  const { query } = request
  const response = new HttpResponse(`page ${count()}`.padEnd(200), { status: Number(query.get('status') ?? 200) })
  for (const header of query.getAll('header')) {
    const [name, ...value] = header.split(':')
    response.headers.append(name!, value.join(':'))
  }
  if (query.has('cookie')) response.setCookie('theme', 'dark')
  return response
}

const template = (name: string) => async (request: HttpRequest) => {
  const context = { name: request.query.get('name'), token: request.query.has('token'), count }
  return new HttpResponse(await renderTemplate(name, context, request))
}

const kept = cachePage(300)

export const urlpatterns: readonly UrlEntry[] = [
  path('plain/', page),
  path('page/', kept(page)),
  path('short/', cachePage(Temporal.Duration.from({ seconds: 10 }), { cache: 'other', keyPrefix: 'short' })(page)),
  path('forever/', cachePage(null)(page)),
  path('never/', kept(neverCache(page))),
  path('no-timeout/', cachePage(0)(page)),
  path(
    'bytes/',
    kept(() => new HttpResponse(new Uint8Array([0, 255, count()]), { contentType: 'image/x-test' })),
  ),
  path(
    'stream/',
    kept(() => new StreamingHttpResponse(['stream ', String(count())])),
  ),
  path('form/', kept(template('form.html'))),
  path(
    'nonce/',
    kept((request: HttpRequest) => new HttpResponse(`<script nonce="${request.cspNonce}">${count()}</script>`)),
  ),
  path(
    'reads-cookie/',
    kept((request: HttpRequest) => new HttpResponse(`${request.cookies.get('name')} ${count()}`)),
  ),
  path(
    'varies/',
    kept(
      varyOnHeaders('X-Kind')(
        (request: HttpRequest) => new HttpResponse(`${request.headers.get('X-Kind')} ${count()}`),
      ),
    ),
  ),
  path('varies-on-cookie/', kept(varyOnCookie(page))),
  path(
    'name/',
    kept(async ({ session }: HttpRequest) => new HttpResponse(`${await session.get('name')} ${count()}`)),
  ),
  path(
    'visits/',
    kept(async ({ session }: HttpRequest) => {
      const visits = Number((await session.get('visits')) ?? 0) + 1
      await session.set('visits', visits)
      return new HttpResponse(`visits ${visits}`)
    }),
  ),
  path('sign-in/', async ({ session, query }: HttpRequest) => {
    await session.set('name', query.get('name'))
    return new HttpResponse('signed in')
  }),
  path('say/', (request: HttpRequest) => {
    messages.success(request, 'Only for you')
    return new HttpResponse('said')
  }),
  path('messages/', kept(template('messages.html'))),
  path(
    'fails/',
    kept(() => {
      throw new Error(`fails ${count()}`)
    }),
  ),
  path(
    'whoami/',
    kept(
      (request: HttpRequest) =>
        new HttpResponse(`${(request as unknown as { user: { name: string } }).user.name} ${count()}`),
    ),
  ),
  path('fragments/', template('fragments.html')),
  path('secret/', template('secret.html')),
  path('control/', cacheControl({ public: true, maxAge: 60, sMaxAge: 30, staleWhileRevalidate: 5 })(page)),
  path('conditional/', conditionalPage(page)),
]
