import type { TooManyRequests } from '@nuages/http'
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
