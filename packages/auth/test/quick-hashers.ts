import { argon2Hasher, bcryptHasher, bcryptSha256Hasher, pbkdf2Hasher, scryptHasher } from '../src/index.ts'

/** Those of a project that names none, but that the password of a test does not take 80 ms of the processor. */
export const quickHashers = [
  argon2Hasher({ memory: 8, passes: 1 }),
  pbkdf2Hasher(),
  pbkdf2Hasher({ digest: 'sha1' }),
  bcryptSha256Hasher(),
  bcryptHasher(),
  scryptHasher(),
]
