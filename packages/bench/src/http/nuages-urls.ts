import { type HttpRequest, HttpResponse, JsonResponse } from 'nuages/http'
import { path } from 'nuages/urls'
import { render } from 'nuages/views'
import { Fortune, World } from './nuages-models.ts'
import { addedFortune, queriesPerRequest, randomId } from './world.ts'

function plaintext(): HttpResponse {
  return new HttpResponse('Hello, World!', { contentType: 'text/plain; charset=utf-8' })
}

function json(): HttpResponse {
  return new JsonResponse({ message: 'Hello, World!' })
}

async function db(): Promise<HttpResponse> {
  const { id, randomNumber } = await World.objects.get({ id: randomId() })
  return new JsonResponse({ id, randomNumber })
}

async function queries(): Promise<HttpResponse> {
  const rows: { id: number; randomNumber: number }[] = []
  for (let count = 0; count < queriesPerRequest; count += 1) {
    const { id, randomNumber } = await World.objects.get({ id: randomId() })
    rows.push({ id, randomNumber })
  }
  return new JsonResponse(rows)
}

async function fortunes(request: HttpRequest): Promise<HttpResponse> {
  const rows: { id: number; message: string }[] = await Fortune.objects.all()
  const all = [...rows, { id: 0, message: addedFortune }].sort((a, b) => (a.message < b.message ? -1 : 1))
  return render(request, 'fortunes.html', { fortunes: all })
}

export const urlpatterns = [
  path('plaintext', plaintext),
  path('json', json),
  path('db', db),
  path('queries', queries),
  path('fortunes', fortunes),
]
