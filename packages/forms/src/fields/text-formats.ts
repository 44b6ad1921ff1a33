import { isIP } from 'node:net'
import { gettext } from '@nuages/i18n'
import { type ZodType, z } from 'zod'
import { EmailInput, URLInput } from '../widgets/input.ts'
import type { Widget } from '../widgets/widget.ts'
import { CharField, type CharOptions, type TextField } from './char-field.ts'
import type { Message } from './field-options.ts'
import { found } from './findings.ts'

type Messages = Readonly<Record<string, Message>>

/** An email address of at most 320 characters. Django's `EmailField`. */
export class EmailField<T = string> extends CharField<T> {
  constructor(options: CharOptions = {}) {
    super('email', { maxLength: 320, ...options })
  }

  protected override defaultWidget(): Widget {
    return new EmailInput()
  }

  protected override schema(): ZodType {
    return this.textSchema().check(z.email())
  }

  protected override defaultMessages(): Messages {
    return { ...super.defaultMessages(), invalid: gettext('Enter an email address, such as name@example.com.') }
  }
}

/** Django's `URLValidator.max_length`. A host has at most 253 characters (RFC 1034 §3.1). */
const longestUrl = 2048

const hasScheme = /^[a-z][a-z\d+.-]*:(?!\d+(?:[/?#]|$))/i

/** An absolute URL of http, https, ftp or ftps; one without a scheme becomes https. Django's `URLField`. */
export class URLField<T = string> extends CharField<T> {
  constructor(options: CharOptions = {}) {
    super('url', options)
  }

  protected override defaultWidget(): Widget {
    return new URLInput()
  }

  protected override prepare(raw: unknown): unknown {
    const text = super.prepare(raw)
    if (typeof text !== 'string' || text === '' || hasScheme.test(text)) return text
    return `https://${text.replace(/^\/\//, '')}`
  }

  protected override schema(): ZodType {
    return this.textSchema()
      .check(z.url({ protocol: /^(?:https?|ftps?)$/, hostname: /^(?!\.)[^\s]{1,253}$/ }))
      .refine((text) => text.length <= longestUrl, found('invalid'))
  }

  protected override defaultMessages(): Messages {
    return { ...super.defaultMessages(), invalid: gettext('Enter a URL, such as https://example.com/.') }
  }
}

export interface SlugOptions<Empty = unknown, Required extends boolean = boolean> extends CharOptions<Empty, Required> {
  /** Letters of every script, not of ASCII alone. */
  readonly allowUnicode?: boolean
}

/** Letters, digits, underscores and hyphens. Django's `SlugField`. */
export class SlugField<T = string> extends CharField<T> {
  readonly allowUnicode: boolean

  constructor(options: SlugOptions = {}) {
    super('slug', options, ['allowUnicode'])
    this.allowUnicode = options.allowUnicode ?? false
  }

  protected override schema(): ZodType {
    return this.textSchema().regex(this.allowUnicode ? /^[\p{L}\p{M}\p{N}_-]+$/u : /^[\w-]+$/)
  }

  protected override defaultMessages(): Messages {
    const invalid = this.allowUnicode
      ? gettext('Only letters, digits, underscores and hyphens are allowed.')
      : gettext('Only letters from a to z, digits, underscores and hyphens are allowed.')
    return { ...super.defaultMessages(), invalid }
  }
}

export interface RegexOptions<Empty = unknown, Required extends boolean = boolean>
  extends CharOptions<Empty, Required> {
  /** The whole text has to match it. */
  readonly regex: RegExp
}

/** A text that a regular expression matches as a whole. Django's `RegexField`. */
export class RegexField<T = string> extends CharField<T> {
  readonly regex: RegExp

  constructor(options: RegexOptions) {
    super('regex', { strip: false, ...options }, ['regex'])
    const { source, flags } = options.regex
    this.regex = new RegExp(`^(?:${source})$`, flags.replace(/[gmy]/g, ''))
  }

  protected override schema(): ZodType {
    return this.textSchema().regex(this.regex)
  }

  protected override defaultMessages(): Messages {
    return { ...super.defaultMessages(), invalid: gettext('This does not have the form that is asked for.') }
  }
}

/** A UUID in its 36-character form, in lower case. Django's `UUIDField`. */
export class UUIDField<T = string> extends CharField<T> {
  protected override schema(): ZodType {
    const pattern = /^(?:urn:uuid:)?\{?([\da-f]{8})-?([\da-f]{4})-?([\da-f]{4})-?([\da-f]{4})-?([\da-f]{12})\}?$/i
    return this.textSchema()
      .regex(pattern)
      .transform((text) => pattern.exec(text)!.slice(1).join('-').toLowerCase())
  }

  protected override defaultMessages(): Messages {
    return { ...super.defaultMessages(), invalid: gettext('Enter a UUID.') }
  }
}

export interface IPAddressOptions<Empty = unknown, Required extends boolean = boolean>
  extends CharOptions<Empty, Required> {
  /** Default `'both'`. */
  readonly protocol?: 'both' | 'IPv4' | 'IPv6'
  /** `::ffff:192.0.2.1` becomes `192.0.2.1`; only with both protocols. */
  readonly unpackIpv4?: boolean
}

/** An IP address, of version 6 in its short form. Django's `GenericIPAddressField`. */
export class IPAddressField<T = string> extends CharField<T> {
  readonly protocol: 'both' | 'IPv4' | 'IPv6'
  readonly unpackIpv4: boolean

  constructor(options: IPAddressOptions = {}) {
    super('ipAddress', { maxLength: 45, ...options }, ['protocol', 'unpackIpv4'])
    this.protocol = options.protocol ?? 'both'
    this.unpackIpv4 = options.unpackIpv4 ?? false
  }

  protected override schema(): ZodType {
    const versions = { both: [4, 6], IPv4: [4], IPv6: [6] }[this.protocol]
    return this.textSchema()
      .refine((text) => versions.includes(isIP(text)) && !text.includes('%'), found('invalid'))
      .transform((text) => (isIP(text) === 6 ? shortIpv6(text, this.unpackIpv4) : text))
  }

  protected override defaultMessages(): Messages {
    const invalid =
      this.protocol === 'both'
        ? gettext('Enter an IPv4 or IPv6 address.')
        : gettext('Enter an {protocol} address.', { protocol: this.protocol })
    return { ...super.defaultMessages(), invalid }
  }
}

function shortIpv6(text: string, unpack: boolean): string {
  const short = new URL(`http://[${text}]`).hostname.slice(1, -1)
  const mapped = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(short)
  if (!mapped) return short
  const bytes = mapped.slice(1).flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255])
  return unpack ? bytes.join('.') : `::ffff:${bytes.join('.')}`
}

/** An email address. */
export function email<const Empty = string, const Required extends boolean = true>(
  options: CharOptions<Empty, Required> = {},
): TextField<Empty, Required> {
  return new EmailField(options)
}

/** An absolute URL. */
export function url<const Empty = string, const Required extends boolean = true>(
  options: CharOptions<Empty, Required> = {},
): TextField<Empty, Required> {
  return new URLField(options)
}

/** Letters, digits, underscores and hyphens. */
export function slug<const Empty = string, const Required extends boolean = true>(
  options: SlugOptions<Empty, Required> = {},
): TextField<Empty, Required> {
  return new SlugField(options)
}

/** A text that a regular expression matches as a whole. */
export function regex<const Empty = string, const Required extends boolean = true>(
  options: RegexOptions<Empty, Required>,
): TextField<Empty, Required> {
  return new RegexField(options)
}

/** A UUID. */
export function uuid<const Empty = string, const Required extends boolean = true>(
  options: CharOptions<Empty, Required> = {},
): TextField<Empty, Required> {
  return new UUIDField('uuid', options)
}

/** An IP address. */
export function ipAddress<const Empty = string, const Required extends boolean = true>(
  options: IPAddressOptions<Empty, Required> = {},
): TextField<Empty, Required> {
  return new IPAddressField(options)
}
