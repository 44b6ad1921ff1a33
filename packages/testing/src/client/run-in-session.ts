import { authenticationMiddleware } from '@nuages/auth'
import type { Environ } from '@nuages/gateway'
import { HttpRequest, HttpResponse } from '@nuages/http'
import { sessionMiddleware } from '@nuages/sessions'

/** What came of it, and the cookies that a browser would be sent. */
export interface InSession<T> {
  readonly result: T
  readonly setCookies: readonly string[]
}

/** Runs `act` where a view would run: with the session and the user of a request, and the session saved afterwards. */
export async function runInSession<T>(
  environ: Environ,
  act: (request: HttpRequest) => Promise<T>,
): Promise<InSession<T>> {
  let outcome: { readonly result: T } | undefined
  const view = async (request: HttpRequest): Promise<HttpResponse> => {
    outcome = { result: await act(request) }
    return new HttpResponse()
  }
  const response = await sessionMiddleware(new HttpRequest(environ), (request) =>
    authenticationMiddleware(request, view),
  )
  const setCookies: string[] = []
  response.send((_status, headers) => {
    for (const [name, value] of headers) if (name.toLowerCase() === 'set-cookie') setCookies.push(value)
  })
  return { ...outcome!, setCookies }
}
