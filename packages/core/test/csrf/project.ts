import { type HttpRequest, HttpResponse, JsonResponse } from '@nuages/http'
import { path, type ViewFunction } from '@nuages/urls'
import { Client, type ClientOptions } from 'nuages/testing'
import {
  type AnyView,
  createApplication,
  csrfExempt,
  getToken,
  renderTemplate,
  resetSetup,
  rotateToken,
  type SettingsInput,
  wrapView,
} from '../../src/index.ts'
import { projectSettings } from '../project/settings.ts'

export const calls: string[] = []

async function take(request: HttpRequest): Promise<HttpResponse> {
  const { fields, files } = await request.form()
  calls.push(request.method)
  return new JsonResponse({ title: fields.get('title') ?? null, files: [...files.keys()] })
}

async function takeJson(request: HttpRequest): Promise<HttpResponse> {
  return new JsonResponse(await request.json())
}

/** A wrapper as an app would write one. */
function loud<V extends AnyView>(view: V): V {
  return wrapView(view, ((...args: never[]) => view(...args)) as V)
}

const template = (name: string) => async (request: HttpRequest) =>
  new HttpResponse(await renderTemplate(name, {}, request))

export const urlpatterns = [
  path('', () => new HttpResponse('plain')),
  path('form/', template('form.html')),
  path('printed/', template('token.html')),
  path('asks/', template('asks.html')),
  path('token/', (request) => new HttpResponse(getToken(request))),
  path('login/', (request) => {
    rotateToken(request)
    return new HttpResponse(getToken(request))
  }),
  path('take/', take),
  path('json/', takeJson),
  path('stream/', async (request) => {
    let size = 0
    for await (const chunk of request.stream()) size += chunk.byteLength
    return new HttpResponse(String(size))
  }),
  path('hook/', csrfExempt(take)),
  path('wrapped-hook/', loud(csrfExempt(take)) as ViewFunction),
  path('exempt-outside/', csrfExempt(loud(take)) as ViewFunction),
]

export type Changes = Partial<SettingsInput>

/** A visitor of the project, who is asked for tokens as any other. */
export async function visitor(changes: Changes = {}, options: ClientOptions = {}): Promise<Client> {
  await resetSetup()
  calls.length = 0
  const application = await createApplication(
    projectSettings({
      allowedHosts: ['example.com', 'testserver'],
      urlconf: async () => ({ urlpatterns }),
      templates: { dirs: [`${import.meta.dirname}/templates`] },
      ...changes,
    }),
  )
  return new Client(application, { enforceCsrfChecks: true, ...options })
}

/** A visitor who has opened a page with a token, and that. */
export async function visitorWithToken(changes: Changes = {}, options: ClientOptions = {}) {
  const client = await visitor(changes, options)
  return { client, token: (await client.get('/token/')).text() }
}
