import { pbkdf2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { randomString } from '@nuages/core'
import { isShortSalt, maskHash, type PasswordHasher, saltLength } from './password-hasher.ts'

export interface Pbkdf2Options {
  readonly digest?: 'sha256' | 'sha1'
  readonly iterations?: number
}

const derive = promisify(pbkdf2)
const lengths = { sha256: 32, sha1: 20 }

/** OWASP's for SHA-256 is 600,000; Django 6.1 asks for this many. */
const defaultIterations = 1_500_000

/** What a hash may ask for: some seconds of a thread, not a day. */
const mostIterations = 10_000_000

/**
 * PBKDF2, which is what Django hashes with unless told otherwise: here so that the users of its database can log in. Their
 * hashes become argon2 when they do.
 */
export function pbkdf2Hasher({
  digest = 'sha256',
  iterations = defaultIterations,
}: Pbkdf2Options = {}): PasswordHasher {
  const algorithm = `pbkdf2_${digest}`
  const length = lengths[digest]
  const tagOf = (password: string, salt: string, rounds: number) => derive(password, salt, rounds, length, digest)

  const decode = (encoded: string) => {
    const [name, rounds, salt, tag, ...rest] = encoded.split('$')
    const count = /^\d{1,9}$/.test(rounds ?? '') ? Number(rounds) : 0
    if (name !== algorithm || count < 1 || count > mostIterations || !salt || !tag || rest.length > 0) return undefined
    return { rounds: count, salt, tag }
  }

  return {
    algorithm,
    async encode(password, salt = randomString(saltLength)) {
      const tag = await tagOf(password, salt, iterations)
      return `${algorithm}$${iterations}$${salt}$${tag.toString('base64')}`
    },
    async verify(password, encoded) {
      const hash = decode(encoded)
      if (hash === undefined) return false
      const expected = Buffer.from(hash.tag, 'base64')
      const tag = await tagOf(password, hash.salt, hash.rounds)
      return expected.length === tag.length && timingSafeEqual(tag, expected)
    },
    mustUpdate(encoded) {
      const hash = decode(encoded)
      return hash === undefined || hash.rounds < iterations || isShortSalt(hash.salt)
    },
    async hardenRuntime(password, encoded) {
      const hash = decode(encoded)
      const missing = iterations - (hash?.rounds ?? 0)
      if (missing > 0) await tagOf(password, hash?.salt ?? randomString(saltLength), missing)
    },
    safeSummary(encoded) {
      const hash = decode(encoded)
      if (hash === undefined) return { algorithm }
      return { algorithm, iterations: String(hash.rounds), salt: maskHash(hash.salt), hash: maskHash(hash.tag) }
    },
  }
}
