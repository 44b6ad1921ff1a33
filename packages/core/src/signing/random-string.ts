import { randomInt } from 'node:crypto'

const lettersAndDigits = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

/** `length` characters that nobody can guess, each one of `allowed`. Django's `get_random_string`. */
export function randomString(length: number, allowed: string = lettersAndDigits): string {
  let text = ''
  for (let index = 0; index < length; index++) text += allowed[randomInt(allowed.length)]
  return text
}
