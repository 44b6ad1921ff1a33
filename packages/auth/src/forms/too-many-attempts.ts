import type { HttpResponse, TooManyRequests } from '@nuages/http'
import { ngettext } from '@nuages/i18n'
import { ValidationError } from '@nuages/orm'

/** What a form says where something was tried too often: the same words for everybody. Its code is `too_many_attempts`. */
export function tooManyAttempts({ retryAfter = 60 }: TooManyRequests): ValidationError {
  const message = ngettext(
    'Too many attempts. Try again in {count} minute.',
    'Too many attempts. Try again in {count} minutes.',
    Math.max(1, Math.ceil(retryAfter / 60)),
  )
  return new ValidationError(message, { code: 'too_many_attempts' })
}

/** The page of a form that was refused, with the status 429 and until when; another as it is, where `refusal` is `undefined`. */
export function withRefusal(response: HttpResponse, refusal: TooManyRequests | undefined): HttpResponse {
  if (refusal === undefined) return response
  response.status = refusal.status
  for (const [name, value] of refusal.headers) response.headers.set(name, value)
  return response
}
