import {
  Http404,
  type HttpRequest,
  HttpResponse,
  JsonResponse,
  PermissionDenied,
  SuspiciousOperation,
} from '@nuages/http'
import { renderTemplate } from '../../src/index.ts'

export const home = () => new HttpResponse('Welcome home')

export async function slowHome(): Promise<HttpResponse> {
  await new Promise((resolve) => setImmediate(resolve))
  return new HttpResponse('Welcome home, slowly')
}

export const note = (_request: HttpRequest, { id }: { id: number }) => new JsonResponse({ id, type: typeof id })

export async function echo(request: HttpRequest): Promise<HttpResponse> {
  const { fields, files } = await request.form()
  return new JsonResponse({
    method: request.method,
    fields: [...fields.entries()],
    files: [...files.entries()].map(([name, file]) => [name, file.name, file.size]),
    cookies: [...request.cookies],
  })
}

export const hello = async (request: HttpRequest) =>
  new HttpResponse(await renderTemplate('notes/hello.html', { name: '<you>' }, request))

export const brokenTemplate = async (request: HttpRequest) =>
  new HttpResponse(await renderTemplate('notes/broken.html', { notes: [{}] }, request))

export function boom(): never {
  throw new RangeError('The sky fell', { cause: new Error('A cloud was too heavy') })
}

export async function slowBoom(): Promise<never> {
  await Promise.resolve()
  throw new RangeError('The sky fell, slowly')
}

export function missing(): never {
  throw new Http404('There is no such note.')
}

export function forbidden(): never {
  throw new PermissionDenied('Not for you.')
}

export function suspicious(): never {
  throw new SuspiciousOperation('That smells.')
}

export function upstream(): never {
  throw Object.assign(new Error('The other server says 404'), { status: 404 })
}

export const nothing = (() => undefined) as unknown as () => HttpResponse
export const promisedText = (async () => 'text') as unknown as () => Promise<HttpResponse>
export const badHeader = () => {
  const response = new HttpResponse('x')
  response.status = 9000
  return response
}

export const framed = () => new HttpResponse('x', { headers: { 'X-Frame-Options': 'SAMEORIGIN' } })
