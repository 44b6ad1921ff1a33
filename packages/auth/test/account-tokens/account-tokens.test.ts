import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeFromLink, encodeForLink } from '../../src/account-tokens/user-of-link.ts'
import {
  defaultTokenGenerator,
  EmailChangeTokenGenerator,
  emailVerificationTokens,
  PasswordResetTokenGenerator,
  User,
} from '../../src/index.ts'
import '../project/set-up.ts'

const ann = (changes: Partial<User> = {}) =>
  new User({ id: 7, username: 'ann', password: 'argon2$hash', email: 'ann@example.com', ...changes } as never)

/** Tokens as they are made so many seconds from now. */
class At extends PasswordResetTokenGenerator {
  readonly #offset: number
  constructor(offset: number) {
    super()
    this.#offset = offset
  }
  protected override now() {
    return super.now().add({ seconds: this.#offset })
  }
}

describe('a token', () => {
  test('is good for its user, again and again', () => {
    const token = defaultTokenGenerator.makeToken(ann())
    expect(token).toMatch(/^[0-9a-z]{6,7}-[0-9a-f]{32}$/)
    expect(defaultTokenGenerator.checkToken(ann(), token)).toBe(true)
    expect(defaultTokenGenerator.checkToken(ann(), token)).toBe(true)
  })

  test('dies when the password, the address or the last log-in is another, and is nobody else’s', () => {
    const token = defaultTokenGenerator.makeToken(ann())
    const changed = [
      ann({ password: 'argon2$other' }),
      ann({ email: 'ann@example.org' }),
      ann({ lastLogin: Temporal.Now.instant() }),
      ann({ id: 8 } as never),
    ]
    for (const user of changed) expect(defaultTokenGenerator.checkToken(user, token)).toBe(false)
    expect(defaultTokenGenerator.checkToken(null, token)).toBe(false)
  })

  test('dies with time, to the second', () => {
    const token = defaultTokenGenerator.makeToken(ann())
    expect(new At(259_199).checkToken(ann(), token)).toBe(true)
    expect(new At(259_202).checkToken(ann(), token)).toBe(false)
  })

  test('is for one purpose', () => {
    const change = new EmailChangeTokenGenerator('new@example.com')
    const generators = [defaultTokenGenerator, emailVerificationTokens, change]
    for (const maker of generators) {
      const token = maker.makeToken(ann())
      expect(generators.filter((checker) => checker.checkToken(ann(), token))).toEqual([maker])
    }
  })

  test('for another address is of that address, outlives a log-in, and dies with the password and once it is theirs', () => {
    const tokens = new EmailChangeTokenGenerator('new@example.com')
    const token = tokens.makeToken(ann())
    expect(tokens.checkToken(ann({ lastLogin: Temporal.Now.instant() }), token)).toBe(true)
    expect(new EmailChangeTokenGenerator('newer@example.com').checkToken(ann(), token)).toBe(false)
    expect(tokens.checkToken(ann({ email: 'new@example.com' }), token)).toBe(false)
    expect(tokens.checkToken(ann({ password: 'other' }), token)).toBe(false)
    // What stands before it cannot be moved into it.
    expect(new EmailChangeTokenGenerator('mnew@example.com').checkToken(ann({ email: 'ann@example.co' }), token)).toBe(
      false,
    )
  })

  test('that was made up, or changed in any place, is refused', () => {
    const token = defaultTokenGenerator.makeToken(ann())
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === '1' ? '2' : '1'
      expect(defaultTokenGenerator.checkToken(ann(), token.slice(0, at) + other + token.slice(at + 1))).toBe(false)
    }
    for (const odd of ['', '-', 'a-b', `${token}-`, ` ${token}`, token.toUpperCase(), `0${token}`, null]) {
      expect(defaultTokenGenerator.checkToken(ann(), odd)).toBe(false)
    }
    fc.assert(
      fc.property(fc.string(), (text) => !defaultTokenGenerator.checkToken(ann(), text)),
      { numRuns: 200 },
    )
  })
})

test('keys go through links and back, and what is none comes to nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => decodeFromLink(encodeForLink(text)) === text),
    { numRuns: 200 },
  )
  for (const odd of ['_w', 'not base64!', 'NW ', 'N-_W=a', '%00']) expect(decodeFromLink(odd)).toBeUndefined()
})
