import { type ScryptOptions as NodeOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { randomString } from '@nuages/core'
import { isShortSalt, maskHash, type PasswordHasher, saltLength } from './password-hasher.ts'

export interface ScryptCost {
  /** N, a power of two: how many blocks. */
  readonly workFactor: number
  /** r: a block is 128 bytes times this. */
  readonly blockSize: number
  /** p: how often, one after the other. */
  readonly parallelism: number
}

interface ScryptHash extends ScryptCost {
  readonly salt: string
  readonly tag: string
}

/** Django's, and one of OWASP's: 16 MiB. */
const defaultCost: ScryptCost = { workFactor: 2 ** 14, blockSize: 8, parallelism: 5 }

/** What a hash may ask for: bytes at a time, and bytes in all. */
const mostMemory = 2 ** 28
const mostWork = 2 ** 31

const tagLength = 64

/**
 * Scrypt (RFC 7914). The hashes are those of Django's `ScryptPasswordHasher`: here so that its users can log in, and for
 * who prefers it. The cost is Django's unless told otherwise.
 */
export function scryptHasher(cost: Partial<ScryptCost> = {}): PasswordHasher {
  const wanted: ScryptCost = { ...defaultCost, ...cost }
  return {
    algorithm: 'scrypt',
    async encode(password, salt = randomString(saltLength)) {
      const tag = await tagOf(password, salt, wanted)
      const { workFactor, blockSize, parallelism } = wanted
      return `scrypt$${workFactor}$${salt}$${blockSize}$${parallelism}$${tag.toString('base64')}`
    },
    async verify(password, encoded) {
      const hash = decode(encoded)
      if (hash === undefined) return false
      const expected = Buffer.from(hash.tag, 'base64')
      const tag = await tagOf(password, hash.salt, hash)
      return expected.length === tag.length && timingSafeEqual(tag, expected)
    },
    mustUpdate(encoded) {
      const hash = decode(encoded)
      return hash === undefined || bytesOf(hash) < bytesOf(wanted) || isShortSalt(hash.salt)
    },
    async hardenRuntime(password, encoded) {
      const hash = decode(encoded)
      const missing = bytesOf(wanted) - (hash === undefined ? 0 : bytesOf(hash))
      // In rounds of what one of this hasher's takes, the smallest of which is a block more.
      const one = bytesOf({ ...wanted, parallelism: 1 })
      if (missing > 0) await tagOf(password, 'salt', { ...wanted, parallelism: Math.max(1, Math.round(missing / one)) })
    },
    safeSummary(encoded) {
      const hash = decode(encoded)
      if (hash === undefined) return { algorithm: 'scrypt' }
      return {
        algorithm: 'scrypt',
        'work factor': String(hash.workFactor),
        'block size': String(hash.blockSize),
        parallelism: String(hash.parallelism),
        salt: maskHash(hash.salt),
        hash: maskHash(hash.tag),
      }
    },
  }
}

const pattern = /^scrypt\$(\d{1,10})\$([^$]+)\$(\d{1,5})\$(\d{1,5})\$([A-Za-z\d+/]+={0,2})$/

function decode(encoded: string): ScryptHash | undefined {
  const [, workFactor, salt, blockSize, parallelism, tag] = pattern.exec(encoded) ?? []
  if (salt === undefined || tag === undefined) return undefined
  const hash = { workFactor: Number(workFactor), blockSize: Number(blockSize), parallelism: Number(parallelism) }
  const { workFactor: n, blockSize: r, parallelism: p } = hash
  const isSane = n >= 2 && Number.isInteger(Math.log2(n)) && r >= 1 && p >= 1
  return isSane && memoryOf(hash) <= mostMemory && bytesOf(hash) <= mostWork ? { ...hash, salt, tag } : undefined
}

function memoryOf({ workFactor, blockSize }: ScryptCost): number {
  return 128 * workFactor * blockSize
}

function bytesOf(cost: ScryptCost): number {
  return memoryOf(cost) * cost.parallelism
}

function tagOf(password: string, salt: string, cost: ScryptCost): Promise<Buffer> {
  const { workFactor: N, blockSize: r, parallelism: p } = cost
  // Beside the blocks there is one for each of `p`, and what the library itself takes.
  const options: NodeOptions = { N, r, p, maxmem: memoryOf(cost) + 128 * r * (p + 2) + 2 ** 20 }
  return new Promise((resolve, reject) => {
    scrypt(password, salt, tagLength, options, (error, tag) => (error === null ? resolve(tag) : reject(error)))
  })
}
