import { type Settings, saltedHmac, settings } from '@nuages/core'

/** Django's, so that a session means the same to both. */
const keySalt = 'django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash'

function hashWith(password: string, secret: string): string {
  return saltedHmac(keySalt, password, { secret, algorithm: 'sha256' }).toString('hex')
}

/** A mark of a password's hash that may stand in a session: it tells nothing of either. */
export function sessionAuthHash(password: string): string {
  return hashWith(password, (settings as Settings).secretKey)
}

/** The same under the former secret keys. */
export function sessionAuthFallbackHashes(password: string): readonly string[] {
  return (settings as Settings).secretKeyFallbacks.map((secret) => hashWith(password, secret))
}
