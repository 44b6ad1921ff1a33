import { type HttpRequest, HttpResponse, JsonResponse } from '@nuages/http'
import { render, View } from '@nuages/views'
import { login, logout, User, userOf } from '../../src/index.ts'

export async function whoami(request: HttpRequest): Promise<HttpResponse> {
  const user = await request.user
  return new HttpResponse(user.isAuthenticated ? user.username : 'nobody')
}

export function untouched(): HttpResponse {
  return new HttpResponse('hello')
}

export async function page(request: HttpRequest): Promise<HttpResponse> {
  return render(request, 'page.html')
}

export async function quietPage(request: HttpRequest): Promise<HttpResponse> {
  return render(request, 'quiet.html')
}

/** Keeps something in the session of whoever asks, logged in or not. */
export async function remember(request: HttpRequest): Promise<HttpResponse> {
  await request.session.set('colour', 'green')
  return new JsonResponse({ key: request.session.sessionKey ?? null })
}

export async function recall(request: HttpRequest): Promise<HttpResponse> {
  return new JsonResponse({ colour: (await request.session.get('colour')) ?? null })
}

/** Logs in and out by hand, and tells who is who on the way. */
export async function byHand(request: HttpRequest): Promise<HttpResponse> {
  const seen = [String(await userOf(request))]
  await login(request, await User.objects.get({ username: 'ann' }))
  seen.push(String(await request.user))
  await logout(request)
  seen.push(String(await request.user))
  return new JsonResponse(seen)
}

export class Secret extends View<{ id: number }> {
  get(): HttpResponse {
    return new HttpResponse(`secret ${this.params.id}`)
  }

  post(): HttpResponse {
    return new HttpResponse('posted')
  }
}
