import { renderTemplate } from '@nuages/core'
import { type HttpRequest, HttpResponse, JsonResponse } from '@nuages/http'
import { path } from 'nuages/urls'

declare module '../../src/session-data.ts' {
  interface SessionData {
    visits: number
    basket: { items: string[] }
  }
}

/** What a test lets happen between the reading of a session and its saving. */
export const meanwhile: { run: (() => Promise<unknown>) | undefined } = { run: undefined }

async function visit({ session }: HttpRequest): Promise<HttpResponse> {
  const visits = ((await session.get('visits')) ?? 0) + 1
  await session.set('visits', visits)
  await meanwhile.run?.()
  return new JsonResponse({ visits })
}

async function show({ session }: HttpRequest): Promise<HttpResponse> {
  const entries = (await session.keys()).map(async (key) => [key, await session.get(key)] as const)
  return new JsonResponse(Object.fromEntries(await Promise.all(entries)))
}

async function put(request: HttpRequest): Promise<HttpResponse> {
  for (const [key, value] of Object.entries((await request.json()) as object)) await request.session.set(key, value)
  return new HttpResponse('put')
}

/** Does with the session what the path says. */
const call = async ({ session }: HttpRequest, { action }: { action: 'flush' | 'cycleKey' | 'clear' }) => {
  await session[action]()
  return new HttpResponse(action)
}

export const urlpatterns = [
  path('', () => new HttpResponse('untouched')),
  path('visit/', visit),
  path('show/', show),
  path('put/', put),
  path('do/<str:action>/', call as never),
  path('forget/', async ({ session }) => {
    await session.cycleKey()
    await session.clear()
    return new HttpResponse('forgotten')
  }),
  path('grow/', async ({ session }) => {
    const basket = await session.get('basket')
    basket?.items.push('pear')
    return new HttpResponse('grown')
  }),
  path('fail/', async ({ session }) => {
    await session.set('visits', 99)
    throw new Error('half way')
  }),
  path('key/', ({ session }) => new HttpResponse(session.sessionKey ?? 'none')),
  path('template/', async (request) => new HttpResponse(await renderTemplate('name.html', {}, request))),
  path('expire/', async (request) => {
    const expiry = (await request.json()) as number
    await request.session.set('visits', 1)
    await request.session.setExpiry(expiry)
    return new JsonResponse({
      age: await request.session.getExpiryAge(),
      withBrowser: await request.session.getExpireAtBrowserClose(),
    })
  }),
]
