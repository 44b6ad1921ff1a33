import { domainToASCII } from 'node:url'
import { BadMailAddress } from './errors.ts'
import { foldable, headerText } from './mail-header.ts'

/** An address, with the name of whom it belongs to: `'ada@example.com'`, `'Ada Lovelace <ada@example.com>'`, or both apart. */
export type MailAddressInput = string | { readonly name?: string; readonly address: string }

/** An address as it is sent to: its domain in ASCII. */
export interface MailAddress {
  /** `''` where there is none. */
  readonly name: string
  readonly address: string
}

/** RFC 5321's most characters of a path, and of what stands before the @. */
const maxLength = 254
const maxLocalLength = 64

// What stands before the @ without quotes (RFC 5322's dot-atom), letters beyond ASCII as in RFC 6531 included.
const local = /^[^\s@<>()[\]\\,;:".]+(\.[^\s@<>()[\]\\,;:".]+)*$/
const quotedLocal = /^"[^\s@<>\\",]+"$/
const literal = /^\[[0-9A-Fa-f:.]+\]$|^\[IPv6:[0-9A-Fa-f:.]+\]$/

/**
 * Reads one address. A text that holds several is refused, so that nobody adds recipients by writing a comma. Throws
 * `BadMailAddress`, and `BadMailHeader` for a control character.
 */
export function mailAddress(field: string, input: MailAddressInput): MailAddress {
  const { name = '', address } = typeof input === 'string' ? split(headerText(field, input)) : input
  const text = headerText(field, address).trim()
  const at = text.lastIndexOf('@')
  const [before, domain] = [text.slice(0, at), asciiDomain(text.slice(at + 1))]
  const fits = before.length <= maxLocalLength && text.length <= maxLength
  if (at < 1 || domain === undefined || !fits || !(local.test(before) || quotedLocal.test(before))) {
    throw new BadMailAddress(`The mail's ${field} is no address: '${typeof input === 'string' ? input : address}'.`, {
      hint: "It takes 'ada@example.com', 'Ada Lovelace <ada@example.com>' or { name, address }; several go into an array.",
    })
  }
  return { name: foldable(field, headerText(field, name).trim()), address: `${before}@${domain}` }
}

/** An address as one reads it: `Ada Lovelace <ada@example.com>`. */
export function formatAddress({ name, address }: MailAddress): string {
  if (name === '') return address
  const isPlain = /^[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~ -]+$/u.test(name)
  return `${isPlain ? name : `"${name.replace(/["\\]/g, '\\$&')}"`} <${address}>`
}

/** The name and the address of `Name <address>`. */
function split(text: string): { name: string; address: string } {
  const [, name, address] = /^\s*(.*?)\s*<([^<>]*)>\s*$/s.exec(text) ?? []
  if (name === undefined || address === undefined) return { name: '', address: text }
  const [, quoted] = /^"((?:[^"\\]|\\.)*)"$/.exec(name) ?? []
  // Several addresses in one text are no name: 'a@example.com, b <b@example.com>'.
  if (quoted === undefined && /[,;<>"@]/.test(name)) return { name: '', address: text }
  return { name: quoted?.replace(/\\(.)/g, '$1') ?? name, address }
}

function asciiDomain(domain: string): string | undefined {
  if (literal.test(domain)) return domain
  if (/[\s/?#%]/.test(domain)) return undefined
  const ascii = domainToASCII(domain)
  return /^(?!-)[a-z0-9_-]+(\.[a-z0-9_-]+)*$/i.test(ascii) && ascii.length <= 253 ? ascii : undefined
}
