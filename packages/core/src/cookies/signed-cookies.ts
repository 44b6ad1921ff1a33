import type { CookieOptions, HttpRequest, HttpResponse } from '@nuages/http'
import { BadSignature } from '../errors.ts'
import { activeSettings } from '../settings/active-settings.ts'
import { TimestampSigner, type UnsignOptions } from '../signing/timestamp-signer.ts'

export interface GetSignedCookieOptions<Default> extends UnsignOptions {
  /** What it was signed with. */
  readonly salt?: string
  /** What is returned where there is no such cookie, or it is not ours; `undefined` if left out. */
  readonly default?: Default
}

export interface SetSignedCookieOptions extends CookieOptions {
  /** Names what is signed: a cookie with one salt is not accepted under another. */
  readonly salt?: string
}

/** Sets a cookie that visitors can read and cannot change. Django's `set_signed_cookie`. */
export function setSignedCookie(
  response: HttpResponse,
  name: string,
  value: string,
  { salt, ...options }: SetSignedCookieOptions = {},
): void {
  response.setCookie(name, cookieSigner(name, salt).sign(value), options)
}

/**
 * The value of a cookie that `setSignedCookie` set, where it was not changed and is not older than `maxAge` (seconds or a
 * duration). Django's `get_signed_cookie`, which throws where this returns `default`.
 */
export function getSignedCookie<Default = undefined>(
  request: HttpRequest,
  name: string,
  { salt, maxAge, default: missing }: GetSignedCookieOptions<Default> = {},
): string | Default {
  const signed = request.cookies.get(name)
  if (signed === undefined) return missing as Default
  try {
    return cookieSigner(name, salt).unsign(signed, maxAge === undefined ? {} : { maxAge })
  } catch (error) {
    if (error instanceof BadSignature) return missing as Default
    throw error
  }
}

/** Django's signer of cookies: with a key of its own, and the name as the salt. */
function cookieSigner(name: string, salt = ''): TimestampSigner {
  const { secretKey, secretKeyFallbacks } = activeSettings()
  return new TimestampSigner({
    key: `django.http.cookies${secretKey}`,
    fallbackKeys: secretKeyFallbacks.map((key) => `django.http.cookies${key}`),
    // No name holds a NUL, so that no other name and salt come to the same (Django's CVE-2026-6873).
    salt: salt === '' ? name : `${name}\0${salt}`,
  })
}
