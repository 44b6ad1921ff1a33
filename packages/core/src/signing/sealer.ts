import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { BadSeal } from '../errors.ts'
import { KeyRing, type KeyRingOptions } from './key-ring.ts'

const algorithm = 'aes-256-gcm'
const [nonceLength, tagLength] = [12, 16]
/** Names the format, so that another may come to stand beside it. */
const prefix = 'v1.'

export interface SealerOptions extends KeyRingOptions {
  /** Names what is sealed: what one purpose sealed, another cannot open. */
  readonly salt: string
}

/** What was sealed, and whether it is to be sealed anew, since a former key opened it. */
export interface Opened {
  readonly bytes: Buffer
  readonly isOutdated: boolean
}

/**
 * Encrypts small secrets that a site has to read again: who reads the database alone has nothing of them, and who writes to it
 * can make none. What need not be read again is better hashed, and what others may read is signed (`Signer`).
 *
 * AES-256-GCM with a random nonce and a key that HKDF (RFC 5869) derives from the project's for each `salt`; `seal` and
 * `open` are the names of RFC 5116's operations in most libraries. One key seals 2³² texts safely, which is no limit for rows
 * of users. The result is a text of `A-Z a-z 0-9 - _ .`, 41 characters longer than four thirds of what went in.
 *
 * ```ts
 * const sealer = new Sealer({ salt: 'blog.mailbox-password' })
 * const sealed = sealer.seal('correct horse', String(user.pk))
 * sealer.open(sealed, String(user.pk)).bytes.toString()   // 'correct horse'
 * ```
 */
export class Sealer {
  readonly salt: string
  readonly #keys: KeyRing

  constructor({ salt, ...options }: SealerOptions) {
    this.salt = salt
    this.#keys = new KeyRing(options, (key) => Buffer.from(hkdfSync('sha256', key, '', salt, 32)))
  }

  /**
   * Encrypts `secret`. `context` says whose it is, or where it stands, such as the key of its row: it is not part of the result,
   * and nobody can open that with another, so a text that was copied into another row is worth nothing there.
   */
  seal(secret: string | Uint8Array, context = ''): string {
    const nonce = randomBytes(nonceLength)
    const cipher = createCipheriv(algorithm, this.#keys.current, nonce)
    cipher.setAAD(Buffer.from(context))
    const encrypted = cipher.update(typeof secret === 'string' ? Buffer.from(secret) : secret)
    return prefix + Buffer.concat([nonce, encrypted, cipher.final(), cipher.getAuthTag()]).toString('base64url')
  }

  /**
   * What `seal` sealed with that context. Throws `BadSeal` where it was changed, was sealed for another context or purpose, or
   * with a key that is neither `key` nor one of `fallbackKeys`.
   */
  open(sealed: string, context = ''): Opened {
    const bytes = sealed.startsWith(prefix) ? Buffer.from(sealed.slice(prefix.length), 'base64url') : undefined
    if (bytes === undefined || bytes.length < nonceLength + tagLength) {
      throw new BadSeal(`The text for '${this.salt}' is not one that was sealed.`)
    }
    const opened = openWith(this.#keys.current, bytes, context)
    if (opened !== undefined) return { bytes: opened, isOutdated: false }
    for (const key of this.#keys.former) {
      const outdated = openWith(key, bytes, context)
      if (outdated !== undefined) return { bytes: outdated, isOutdated: true }
    }
    throw new BadSeal(`A text that was sealed for '${this.salt}' cannot be opened: another key, or another context.`, {
      hint: 'Where secretKey was changed, name the former one in secretKeyFallbacks.',
    })
  }
}

function openWith(key: Buffer, bytes: Buffer, context: string): Buffer | undefined {
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceLength))
  decipher.setAAD(Buffer.from(context))
  decipher.setAuthTag(bytes.subarray(-tagLength))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(nonceLength, -tagLength)), decipher.final()])
  } catch {
    return undefined
  }
}
