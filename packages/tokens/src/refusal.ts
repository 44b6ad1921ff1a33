import { type HttpResponse, JsonResponse } from '@nuages/http'
import { tokensPolicy } from './tokens-settings.ts'

/** Why a request was not let in, in the words of RFC 6750 §3.1. */
export interface Refusal {
  readonly status: 400 | 401 | 403
  /** Left out where the request said nothing of who sent it. */
  readonly error?: 'invalid_request' | 'invalid_token' | 'insufficient_scope'
  readonly description: string
  /** What would be needed. */
  readonly scopes?: readonly string[]
}

/** The request says nothing of who sent it. */
export const nothingGiven: Refusal = { status: 401, description: 'This needs a token.' }

export function invalidToken(description: string): Refusal {
  return { status: 401, error: 'invalid_token', description }
}

export function insufficientScope(scopes: readonly string[]): Refusal {
  const description = `The token may not be used for this: it takes ${scopes.join(' and ')}.`
  return { status: 403, error: 'insufficient_scope', description, scopes }
}

/** The answer: JSON that names the error, and in the header what would do. */
export function refusalResponse({ status, error, description, scopes }: Refusal): HttpResponse {
  const body = { error: error ?? 'unauthorized', error_description: description }
  const response = new JsonResponse(body, { status })
  const { realm, basic } = tokensPolicy()
  const parts = [`realm="${realm}"`]
  if (error !== undefined) parts.push(`error="${error}"`, `error_description="${description}"`)
  if (scopes !== undefined) parts.push(`scope="${scopes.join(' ')}"`)
  response.headers.append('WWW-Authenticate', `Bearer ${parts.join(', ')}`)
  // Of two that would do, a client takes the one it knows.
  if (basic && status === 401) response.headers.append('WWW-Authenticate', `Basic realm="${realm}", charset="UTF-8"`)
  response.headers.set('Cache-Control', 'no-store')
  return response
}
