import { hash } from 'node:crypto'
import { CacheKeyError } from './errors.ts'

/** Makes the key that a back end is given. `keyFunction` of the section `cache`. Django's `KEY_FUNCTION`. */
export type KeyFunction = (key: string, prefix: string, version: number, alias: string) => string

/** `prefix:version:key`, Django's. */
export const defaultKeyFunction: KeyFunction = (key, prefix, version) => `${prefix}:${version}:${key}`

/** A key that every back end can tell from every other: half a surrogate pair has no bytes of its own. */
export function distinctKey(key: string): string {
  if (typeof key !== 'string') {
    throw new CacheKeyError(
      `The key of a cache is a text, not ${key === null ? 'null' : `a value of type ${typeof key}`}.`,
    )
  }
  return key.isWellFormed() ? key : `utf16:${hash('sha256', Buffer.from(key, 'utf16le'), 'base64url')}`
}
