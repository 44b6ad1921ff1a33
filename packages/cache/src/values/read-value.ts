import { logger } from '@nuages/core'
import { decodeValue } from './decode-value.ts'

/**
 * The value of an entry's text. What cannot be read, since another program or another release wrote it, is as good as none:
 * `undefined`, and a line in the log.
 */
export function readValue(text: string, key: string, alias: string): unknown {
  try {
    return decodeValue(text)
  } catch (error) {
    logger.warn({ cache: alias, key, err: error }, 'An entry of a cache cannot be read, and was passed over.')
    return undefined
  }
}
