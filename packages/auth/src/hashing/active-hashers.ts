import { authSettings } from '../auth-settings.ts'
import { argon2Hasher } from './argon2-hasher.ts'
import { bcryptHasher, bcryptSha256Hasher } from './bcrypt-hasher.ts'
import type { PasswordHasher } from './password-hasher.ts'
import { pbkdf2Hasher } from './pbkdf2-hasher.ts'
import { scryptHasher } from './scrypt-hasher.ts'

const defaultHashers: readonly PasswordHasher[] = [
  argon2Hasher(),
  pbkdf2Hasher(),
  pbkdf2Hasher({ digest: 'sha1' }),
  bcryptSha256Hasher(),
  bcryptHasher(),
  scryptHasher(),
]

/** The hashers of the project, the one for new passwords first. Django's `PASSWORD_HASHERS`. */
export function passwordHashers(): readonly PasswordHasher[] {
  return authSettings().passwordHashers ?? defaultHashers
}
