import { gettext } from '@nuages/i18n'
import { ValidationError } from '@nuages/orm'

const allowed = /^[\p{L}\p{N}_.@+-]+$/u

/** Throws `ValidationError` where a username has other characters than letters, digits and @ . + - _ */
export function validateUsername(username: string): void {
  if (allowed.test(username)) return
  throw new ValidationError(gettext('A username has letters, digits and @ . + - _ and nothing else.'), {
    code: 'invalid',
  })
}

/** One form for names that look the same, so that nobody poses as somebody else. Django's `normalize_username`. */
export function normalizeUsername(username: string): string {
  return username.normalize('NFKC')
}

/** An address with its domain in lower case; what is before the last @ may mean more than it shows. Django's `normalize_email`. */
export function normalizeEmail(email: string | null | undefined): string {
  const address = email ?? ''
  const at = address.lastIndexOf('@')
  return at === -1 ? address : address.slice(0, at + 1) + address.slice(at + 1).toLowerCase()
}
