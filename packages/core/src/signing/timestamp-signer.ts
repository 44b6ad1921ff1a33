import { BadSignature, SignatureExpired } from '../errors.ts'
import { fromBase62, toBase62 } from './base62.ts'
import { unpackJson } from './json-bytes.ts'
import { Signer } from './signer.ts'

/** How old a signature may be: seconds, or a duration of days or less. */
export interface UnsignOptions {
  readonly maxAge?: number | Temporal.Duration
}

/** A signer that also signs when it did, so that a signature can be too old. Django's `TimestampSigner`. */
export class TimestampSigner extends Signer {
  override sign(value: string): string {
    return super.sign(`${value}${this.separator}${toBase62(now())}`)
  }

  /** The text that was signed. Throws `SignatureExpired` where that is longer ago than `maxAge`, else as `Signer.unsign`. */
  override unsign(signed: string, { maxAge }: UnsignOptions = {}): string {
    const stamped = super.unsign(signed)
    const at = stamped.lastIndexOf(this.separator)
    const seconds = at === -1 ? undefined : fromBase62(stamped.slice(at + this.separator.length))
    if (seconds === undefined) throw new BadSignature('What was signed has no timestamp.')
    if (maxAge !== undefined) {
      const limit = typeof maxAge === 'number' ? maxAge : maxAge.total('seconds')
      const age = Date.now() / 1000 - seconds
      if (age > limit)
        throw new SignatureExpired(`The signature is ${Math.floor(age)} seconds old; ${limit} are allowed.`)
    }
    return stamped.slice(0, at)
  }

  override unsignObject(signed: string, options: UnsignOptions = {}): unknown {
    return unpackJson(this.unsign(signed, options))
  }

  protected override defaultSalt(): string {
    return 'django.core.signing.TimestampSigner'
  }
}

function now(): number {
  return Math.floor(Date.now() / 1000)
}
