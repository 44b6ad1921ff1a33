import { createHmac } from 'node:crypto'
import { ImproperlyConfigured } from '@nuages/foundation'
import { BadSignature } from '../errors.ts'
import { constantTimeCompare } from './constant-time-compare.ts'
import { packJson, unpackJson } from './json-bytes.ts'
import { KeyRing, type KeyRingOptions } from './key-ring.ts'
import { type HmacAlgorithm, saltedKey } from './salted-hmac.ts'

export interface SignerOptions extends KeyRingOptions {
  /** Names what is signed: a signature with one salt is not accepted under another. Django's name of the class if left out. */
  readonly salt?: string
  /** What stands before the signature, `:` if left out. */
  readonly separator?: string
  /** `sha256` if left out. */
  readonly algorithm?: HmacAlgorithm
}

export interface SignObjectOptions {
  /** Compresses what is longer than its compressed form. */
  readonly compress?: boolean
}

/**
 * Signs texts, so that what a site handed out can be recognised when it comes back; it can be read by anybody. The
 * signatures are Django's, byte by byte. Django's `Signer`.
 *
 * ```ts
 * const signer = new Signer({ salt: 'newsletter' })
 * const signed = signer.sign('ann@example.com')   // 'ann@example.com:Kx…'
 * signer.unsign(signed)                           // 'ann@example.com'; throws BadSignature where it was changed
 * ```
 */
export class Signer {
  readonly salt: string
  readonly separator: string
  readonly algorithm: HmacAlgorithm
  readonly #keys: KeyRing

  constructor(options: SignerOptions = {}) {
    this.salt = options.salt ?? this.defaultSalt()
    this.separator = options.separator ?? ':'
    this.algorithm = options.algorithm ?? 'sha256'
    this.#keys = new KeyRing(options, (key) => saltedKey(`${this.salt}signer`, key, this.algorithm))
    if (/^[\w=-]*$/.test(this.separator)) {
      throw new ImproperlyConfigured(`Signer: the separator '${this.separator}' may be part of a signature.`, {
        hint: "Use a character that is neither a letter, a digit nor one of - _ =, such as ':'.",
      })
    }
  }

  /** The signature alone. */
  signature(value: string): string {
    return this.#signatureWith(this.#keys.current, value)
  }

  sign(value: string): string {
    return `${value}${this.separator}${this.signature(value)}`
  }

  /** The text that was signed. Throws `BadSignature` where text or signature were changed, or another key or salt signed it. */
  unsign(signed: string): string {
    const at = signed.lastIndexOf(this.separator)
    if (at === -1) throw new BadSignature(`No '${this.separator}' with a signature behind it.`)
    const value = signed.slice(0, at)
    const signature = signed.slice(at + this.separator.length)
    const isBy = (key: Buffer) => constantTimeCompare(signature, this.#signatureWith(key, value))
    if (isBy(this.#keys.current) || this.#keys.former.some(isBy)) return value
    throw new BadSignature('The signature does not match.')
  }

  /** Signs anything that JSON can hold; the result is safe in URLs and cookies. */
  signObject(value: unknown, { compress = false }: SignObjectOptions = {}): string {
    return this.sign(packJson(value, compress))
  }

  /** What `signObject` signed. Throws `BadSignature`. */
  unsignObject(signed: string): unknown {
    return unpackJson(this.unsign(signed))
  }

  /** What a signer without `salt` is salted with: Django's name of the class, so that each accepts the other's. */
  protected defaultSalt(): string {
    return 'django.core.signing.Signer'
  }

  #signatureWith(key: Buffer, value: string): string {
    return createHmac(this.algorithm, key).update(value).digest('base64url')
  }
}
