import { renderTemplate } from '@nuages/core'
import {
  type HttpRequest,
  HttpResponse,
  HttpResponsePermanentRedirect,
  HttpResponseRedirect,
  HttpResponseSeeOther,
  JsonResponse,
  StreamingHttpResponse,
} from '@nuages/http'
import { path } from '@nuages/urls'

async function echo(request: HttpRequest): Promise<HttpResponse> {
  const { fields, files } = await request.form()
  return new JsonResponse({
    method: request.method,
    url: request.buildAbsoluteUri(),
    type: request.contentType,
    fields: [...fields.entries()],
    files: await Promise.all([...files.entries()].map(async ([name, file]) => [name, file.name, await file.text()])),
    cookies: Object.fromEntries(request.cookies),
    agent: request.headers.get('User-Agent') ?? null,
  })
}

function setCookies(): HttpResponse {
  const response = new HttpResponse('set')
  response.setCookie('everywhere', '1')
  response.setCookie('below', '2', { path: '/echo/' })
  response.setCookie('secure', '3', { secure: true, domain: 'example.com' })
  response.setCookie('short', '4', { maxAge: 0 })
  return response
}

async function page(request: HttpRequest): Promise<HttpResponse> {
  return new HttpResponse(await renderTemplate('page.html', { title: 'Hello' }, request))
}

function boom(): never {
  throw new RangeError('boom')
}

async function* pieces(): AsyncGenerator<string> {
  yield 'one '
  await Promise.resolve()
  yield 'two'
}

export const urlpatterns = [
  path('', () => new HttpResponse('home'), 'home'),
  path('echo/', echo),
  path('json/', async (request: HttpRequest) => new JsonResponse({ got: await request.json() })),
  path('cookies/', setCookies),
  path('forget/', () => {
    const response = new HttpResponse('')
    response.deleteCookie('everywhere')
    return response
  }),
  path('page/', page),
  path('boom/', boom),
  path('stream/', () => new StreamingHttpResponse(pieces())),
  path('away/', () => new HttpResponseRedirect('/then/?a=1')),
  path('then/', () => new HttpResponsePermanentRedirect('https://www.example.com/echo/')),
  path('posted/', () => new HttpResponseSeeOther('/echo/')),
  path('kept/', () => new HttpResponseRedirect('/echo/', { preserveRequest: true })),
  path('circle/', () => new HttpResponseRedirect('/circle/')),
]
