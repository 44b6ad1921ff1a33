import { gettext, gettextLazy, type Text, textOf } from '@nuages/i18n'
import { ValidationError } from '@nuages/orm'
import type { PasswordValidator } from './password-validator.ts'

export interface SimilarityOptions {
  /** The fields of a user that a password must not be like. */
  readonly userAttributes?: readonly string[]
  /** From 0.1, hardly alike, to 1, the same. */
  readonly maxSimilarity?: number
}

const names: Readonly<Record<string, Text>> = {
  username: gettextLazy('username'),
  firstName: gettextLazy('first name'),
  lastName: gettextLazy('last name'),
  email: gettextLazy('email address'),
}

/** A password is not much like what is known of its user. Django's `UserAttributeSimilarityValidator`. */
export function userAttributeSimilarityValidator({
  userAttributes = Object.keys(names),
  maxSimilarity = 0.7,
}: SimilarityOptions = {}): PasswordValidator {
  const isLike = (password: string, value: string) =>
    partsOf(value).some(
      (part) => !isFarLonger(password, part, maxSimilarity) && similarity(password, part) >= maxSimilarity,
    )
  return {
    validate(password, user) {
      const lower = password.toLowerCase()
      for (const attribute of userAttributes) {
        const value = (user as Record<string, unknown> | undefined)?.[attribute]
        if (typeof value !== 'string' || value === '' || !isLike(lower, value.toLowerCase())) continue
        const name = textOf(names[attribute] ?? attribute)
        const message = gettext('This password is too much like the {name}.', { name })
        throw new ValidationError(message, { code: 'password_too_similar' })
      }
    },
    getHelpText: () => gettext('Not much like your name, username or email address.'),
  }
}

/** The whole and its words. */
function partsOf(value: string): readonly string[] {
  return [...value.split(/[^\p{L}\p{N}_]+/u).filter((part) => part !== ''), value]
}

/** Whether the lengths alone rule it out: comparing a very long password with a short name is work for nothing. */
function isFarLonger(password: string, value: string, maxSimilarity: number): boolean {
  return password.length >= 10 * value.length && value.length < (maxSimilarity / 2) * password.length
}

/** The share of letters that two texts have in common, wherever they stand: the quick ratio of Python's difflib. */
function similarity(one: string, other: string): number {
  const left = new Map<string, number>()
  for (const letter of other) left.set(letter, (left.get(letter) ?? 0) + 1)
  let common = 0
  for (const letter of one) {
    const count = left.get(letter) ?? 0
    if (count === 0) continue
    left.set(letter, count - 1)
    common++
  }
  const length = [...one].length + [...other].length
  return length === 0 ? 1 : (2 * common) / length
}
