import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { UnhashablePassword } from '../errors.ts'
import { bcryptHash } from './bcrypt-hash.ts'
import { maskHash, type PasswordHasher } from './password-hasher.ts'

export interface BcryptOptions {
  /** The cost, a power of two: 12 unless told otherwise, as Django's. */
  readonly rounds?: number
}

/** What a hash may ask for: some seconds of a thread, not a day. */
const mostRounds = 16

interface BcryptHash {
  readonly variant: string
  readonly rounds: number
  /** Variant, cost and salt: what a password is hashed with to compare it. */
  readonly setting: string
  readonly salt: string
  readonly checksum: string
}

const pattern = /^\$(2[aby])\$(\d\d)\$([./A-Za-z\d]{22})([./A-Za-z\d]{31})$/

/**
 * Bcrypt of the password's SHA-256, so that no letter of a long one is lost. The hashes are those of Django's
 * `BCryptSHA256PasswordHasher`: here so that its users can log in.
 */
export function bcryptSha256Hasher(options: BcryptOptions = {}): PasswordHasher {
  return hasherOf('bcrypt_sha256', options, (password) => createHash('sha256').update(password).digest('hex'))
}

/**
 * Bcrypt of the password itself, of which it reads 72 bytes; none with a NUL. The hashes are those of Django's
 * `BCryptPasswordHasher`: here so that its users can log in. New ones are better made by `bcryptSha256Hasher`.
 */
export function bcryptHasher(options: BcryptOptions = {}): PasswordHasher {
  return hasherOf('bcrypt', options, withoutNul)
}

/** `undefined` where bcrypt would read a NUL as the end. */
function withoutNul(password: string): string | undefined {
  return password.includes('\0') ? undefined : password
}

function hasherOf(
  algorithm: string,
  { rounds: wanted = 12 }: BcryptOptions,
  keyOf: (password: string) => string | undefined,
): PasswordHasher {
  const decode = (encoded: string): BcryptHash | undefined => {
    if (!encoded.startsWith(`${algorithm}$`)) return undefined
    const [, variant, cost, salt, checksum] = pattern.exec(encoded.slice(algorithm.length + 1)) ?? []
    const rounds = Number(cost)
    if (variant === undefined || salt === undefined || checksum === undefined) return undefined
    if (rounds < 4 || rounds > mostRounds) return undefined
    return { variant, rounds, setting: `$${variant}$${cost}$${salt}`, salt, checksum }
  }

  return {
    algorithm,
    async encode(password, given) {
      const key = keyOf(password)
      if (key === undefined) throw unreadable()
      const salt = given ?? (await newSalt())
      return `${algorithm}$${await bcryptHash(key, salt.startsWith('$') ? salt : settingOf(wanted, salt))}`
    },
    async verify(password, encoded) {
      const hash = decode(encoded)
      if (hash === undefined) return false
      const key = keyOf(password)
      // The same work for what cannot be the password.
      const computed = Buffer.from(`${algorithm}$${await bcryptHash(key ?? '', hash.setting)}`)
      const expected = Buffer.from(encoded)
      return key !== undefined && computed.length === expected.length && timingSafeEqual(computed, expected)
    },
    mustUpdate(encoded) {
      const hash = decode(encoded)
      return hash === undefined || hash.rounds < wanted
    },
    async hardenRuntime(password, encoded) {
      const key = keyOf(password) ?? ''
      const had = decode(encoded)?.rounds
      // The cost is a power of two: what is missing is the sum of those from the one to the other.
      const missing =
        had === undefined ? [wanted] : Array.from({ length: Math.max(0, wanted - had) }, (_, step) => had + step)
      for (const rounds of missing) await bcryptHash(key, settingOf(rounds, '.'.repeat(22)))
    },
    safeSummary(encoded) {
      const hash = decode(encoded)
      if (hash === undefined) return { algorithm }
      const { rounds, salt, checksum } = hash
      return { algorithm, 'work factor': String(rounds), salt: maskHash(salt), checksum: maskHash(checksum) }
    },
  }
}

async function newSalt(): Promise<string> {
  const { encodeBase64 } = await import('bcryptjs')
  return encodeBase64(randomBytes(16), 16)
}

function settingOf(rounds: number, salt: string): string {
  return `$2b$${String(rounds).padStart(2, '0')}$${salt}`
}

function unreadable(): UnhashablePassword {
  return new UnhashablePassword('bcrypt takes a NUL for the end of a password, and this one has one.', {
    hint: 'Let bcryptSha256Hasher() or argon2Hasher() make new hashes.',
  })
}
