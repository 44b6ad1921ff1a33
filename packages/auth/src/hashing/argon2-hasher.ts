import { argon2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { randomString } from '@nuages/core'
import { isShortSalt, maskHash, type PasswordHasher, saltLength } from './password-hasher.ts'

export interface Argon2Cost {
  /** KiB. */
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
}

/** What new hashes are of. Those that Django made before 3.2 are of `argon2i`: they are checked, and made anew. */
const variant = 'argon2id'

type Variant = typeof variant | 'argon2i'

const derive = promisify(argon2)
const version = 19
const tagLength = 32

/** Shorter ones are made anew. Those that Django makes are as long, where its argon2-cffi is an older one. */
const shortestTag = 16

/** OWASP's: 19 MiB, two passes, one lane. Django's 100 MiB on eight lanes is a server's memory for a few log-ins at once. */
const defaultCost: Argon2Cost = { memory: 19_456, passes: 2, parallelism: 1 }

/** What is asked of a hash before it is computed again, so that a row of the database cannot ask for all the memory there is. */
const greatestCost: Argon2Cost = { memory: 1_048_576, passes: 100, parallelism: 64 }

/** KiB times passes, all together: some seconds. */
const mostWork = 4_194_304

interface Argon2Hash extends Argon2Cost {
  readonly variant: Variant
  readonly salt: Buffer
  readonly tag: Buffer
}

const pattern = /^argon2\$(argon2id?)\$v=19\$m=(\d{1,10}),t=(\d{1,10}),p=(\d{1,10})\$([A-Za-z\d+/]+)\$([A-Za-z\d+/]+)$/

function decode(encoded: string): Argon2Hash | undefined {
  const [, kind, memory, passes, parallelism, salt, tag] = pattern.exec(encoded) ?? []
  if (salt === undefined || tag === undefined) return undefined
  const hash: Argon2Hash = {
    variant: kind as Variant,
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  }
  const isSane =
    hash.parallelism >= 1 &&
    hash.parallelism <= greatestCost.parallelism &&
    hash.passes >= 1 &&
    hash.passes <= greatestCost.passes &&
    hash.memory >= 8 * hash.parallelism &&
    hash.memory <= greatestCost.memory &&
    workOf(hash) <= mostWork &&
    hash.salt.length >= 8 &&
    hash.tag.length >= 4 &&
    hash.tag.length <= 512
  return isSane ? hash : undefined
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '')

interface Argon2Task extends Argon2Cost {
  readonly variant: Variant
}

async function tagOf(password: string, salt: Buffer, length: number, task: Argon2Task): Promise<Buffer> {
  const { memory, passes, parallelism } = task
  const message = Buffer.from(password)
  return derive(task.variant, { message, nonce: salt, tagLength: length, memory, passes, parallelism })
}

/**
 * Argon2id, computed off the event loop: what new passwords get. Its hashes are those of Django's `Argon2PasswordHasher`.
 * The cost is OWASP's unless told otherwise; a hash that cost less is made anew when its user logs in.
 */
export function argon2Hasher(cost: Partial<Argon2Cost> = {}): PasswordHasher {
  const wanted: Argon2Cost = { ...defaultCost, ...cost }
  return {
    algorithm: 'argon2',
    async encode(password, salt = randomString(saltLength)) {
      const nonce = Buffer.from(salt)
      const tag = await tagOf(password, nonce, tagLength, { ...wanted, variant })
      const { memory, passes, parallelism } = wanted
      return `argon2$${variant}$v=${version}$m=${memory},t=${passes},p=${parallelism}$${unpadded(nonce)}$${unpadded(tag)}`
    },
    async verify(password, encoded) {
      const hash = decode(encoded)
      return hash !== undefined && timingSafeEqual(await tagOf(password, hash.salt, hash.tag.length, hash), hash.tag)
    },
    mustUpdate(encoded) {
      const hash = decode(encoded)
      if (hash === undefined) return true
      const isShort = hash.tag.length < shortestTag || isShortSalt(hash.salt.toString('latin1'))
      return hash.variant !== variant || workOf(hash) < workOf(wanted) || isShort
    },
    async hardenRuntime(password, encoded) {
      const missing = missingWork(wanted, decode(encoded))
      if (missing !== undefined) await tagOf(password, Buffer.alloc(saltLength), tagLength, { ...missing, variant })
    },
    safeSummary(encoded) {
      const hash = decode(encoded)
      if (hash === undefined) return { algorithm: 'argon2' }
      return {
        algorithm: 'argon2',
        variety: hash.variant,
        version: String(version),
        'memory cost': String(hash.memory),
        'time cost': String(hash.passes),
        parallelism: String(hash.parallelism),
        salt: maskHash(unpadded(hash.salt)),
        hash: maskHash(unpadded(hash.tag)),
      }
    },
  }
}

function workOf({ memory, passes }: Argon2Cost): number {
  return memory * passes
}

/** What it takes to do the difference in work between two costs, with no more memory than the greater one. */
function missingWork(wanted: Argon2Cost, had: Argon2Cost | undefined): Argon2Cost | undefined {
  const work = workOf(wanted) - (had === undefined ? 0 : workOf(had))
  const least = 8 * wanted.parallelism
  if (work < least) return undefined
  const passes = Math.ceil(work / wanted.memory)
  return { ...wanted, passes, memory: Math.max(least, Math.round(work / passes)) }
}
