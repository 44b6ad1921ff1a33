import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { randomString } from '@nuages/core'

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** So many of 62 characters are 256 bits. */
const secretLength = 43
const checksumLength = 6

/** What a token begins with in every project that does not say otherwise. */
export const defaultPrefix = 'nuages'

/**
 * A new token: the prefix, by which it is recognised where it should not be; 256 random bits; and a checksum, so that what
 * only looks like one is told without asking the database.
 */
export function newTokenText(prefix: string): string {
  const secret = `${prefix}_${randomString(secretLength, digits)}`
  return secret + checksum(secret)
}

/** Whether a text can be a token at all. */
export function isTokenText(text: string, prefix: string): boolean {
  if (!text.startsWith(`${prefix}_`) || text.length !== prefix.length + 1 + secretLength + checksumLength) return false
  if (!/^[0-9A-Za-z]+$/.test(text.slice(prefix.length + 1))) return false
  return checksum(text.slice(0, -checksumLength)) === text.slice(-checksumLength)
}

/** What the table keeps of a token: nobody gets from it to the token, and with so many bits no salt is called for. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function checksum(text: string): string {
  let rest = crc32(text)
  let written = ''
  for (let index = 0; index < checksumLength; index++) {
    written = digits[rest % 62] + written
    rest = Math.floor(rest / 62)
  }
  return written
}
