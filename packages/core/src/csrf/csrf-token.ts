import { constantTimeCompare } from '../signing/constant-time-compare.ts'
import { randomString } from '../signing/random-string.ts'

const characters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const secretLength = 32
const tokenLength = 2 * secretLength

/** The form field of a token. */
export const tokenField = 'csrfmiddlewaretoken'

/** What the cookie holds. */
export function newSecret(): string {
  return randomString(secretLength, characters)
}

/**
 * A token for a page: the secret, and what it was enciphered with. Each one is another, so that a page that is compressed
 * does not give the secret away bit by bit (BREACH).
 */
export function maskSecret(secret: string): string {
  const mask = randomString(secretLength, characters)
  return mask + shifted(secret, mask, 1)
}

/** What is wrong with the form of a cookie's or page's token, in words that follow "it"; `undefined` where it is right. */
export function malformation(token: string): string | undefined {
  if (token.length !== secretLength && token.length !== tokenLength) {
    return `has ${token.length} characters, not ${secretLength} or ${tokenLength}`
  }
  return /^[A-Za-z0-9]*$/.test(token) ? undefined : 'has characters that are neither letters nor digits'
}

/** The secret behind a well-formed token; a secret by itself, as scripts read it from the cookie, is taken too. */
export function secretOf(token: string): string {
  if (token.length === secretLength) return token
  return shifted(token.slice(secretLength), token.slice(0, secretLength), -1)
}

/** Whether a well-formed token was made of the secret. */
export function isTokenOf(token: string, secret: string): boolean {
  return constantTimeCompare(secretOf(token), secret)
}

function shifted(text: string, by: string, sign: 1 | -1): string {
  let result = ''
  for (let index = 0; index < text.length; index++) {
    const sum = characters.indexOf(text[index]!) + sign * characters.indexOf(by[index]!)
    result += characters[(sum + characters.length) % characters.length]
  }
  return result
}
