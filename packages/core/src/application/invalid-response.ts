import type { HttpRequest } from '@nuages/http'
import { InvalidResponse } from '../errors.ts'

/** Who is to be named when what came back is no response. */
export type CulpritOf = (request: HttpRequest) => string

/** The error for a view, middleware or handler that gave back something that is no response. */
export function invalidResponse(value: unknown, culprit: string): InvalidResponse {
  return new InvalidResponse(`${culprit} returned ${described(value)} in place of an HttpResponse.`, {
    hint:
      value === undefined
        ? 'Is a `return` missing, or an `await` before an asynchronous step?'
        : 'Wrap it: new HttpResponse(text), new JsonResponse(data), or render(request, template, context).',
  })
}

function described(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (typeof value === 'object') return `an object (${value.constructor?.name ?? 'without a class'})`
  return `a ${typeof value}`
}
