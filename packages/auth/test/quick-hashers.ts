import {
  argon2Hasher,
  bcryptHasher,
  bcryptSha256Hasher,
  type PasswordHasher,
  pbkdf2Hasher,
  scryptHasher,
} from '../src/index.ts'

/** Hashes the passwords of tests, in none of the 80 ms that argon2 takes the processor elsewhere. Tests may watch its calls. */
export const quickHasher = argon2Hasher({ memory: 8, passes: 1 })

// What settings hold is frozen, and what is frozen cannot be watched.
const handedOn: PasswordHasher = {
  algorithm: quickHasher.algorithm,
  encode: (...args) => quickHasher.encode(...args),
  verify: (...args) => quickHasher.verify(...args),
  mustUpdate: (...args) => quickHasher.mustUpdate(...args),
  hardenRuntime: async (...args) => quickHasher.hardenRuntime?.(...args),
  safeSummary: (...args) => quickHasher.safeSummary(...args),
}

/** Those of a project that names none, the first of them quick. */
export const quickHashers = [
  handedOn,
  pbkdf2Hasher(),
  pbkdf2Hasher({ digest: 'sha1' }),
  bcryptSha256Hasher(),
  bcryptHasher(),
  scryptHasher(),
]
