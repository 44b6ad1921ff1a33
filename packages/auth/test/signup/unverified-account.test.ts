import { describe, expect, test } from 'vitest'
import {
  argon2Hasher,
  bcryptSha256Hasher,
  isUnverified,
  makePassword,
  type PasswordHasher,
  pbkdf2Hasher,
  scryptHasher,
  User,
} from '../../src/index.ts'
import {
  checkWithheldPassword,
  unverifiedSince,
  withheldHash,
  withholdPassword,
} from '../../src/signup/unverified-account.ts'
import '../project/set-up.ts'

const hashers: Record<string, PasswordHasher> = {
  argon2: argon2Hasher(),
  pbkdf2: pbkdf2Hasher(),
  bcrypt: bcryptSha256Hasher(),
}

describe('a password that is withheld', () => {
  test.each(Object.entries(hashers))(
    'of %s fits into the column, and is the password once it is released',
    async (_name, hasher) => {
      const user = new User({ username: 'ann', password: await makePassword('correct horse', { hasher }) })
      const before = user.password
      await withholdPassword(user, 'correct horse')
      expect(user.password.length).toBeLessThanOrEqual(128)
      expect([isUnverified(user), user.hasUsablePassword(), withheldHash(user)]).toEqual([true, false, before])
      expect(Math.abs(unverifiedSince(user)! - Date.now() / 1000)).toBeLessThanOrEqual(3600)
      expect(await checkWithheldPassword(user, 'correct horse')).toBe(true)
      expect(await checkWithheldPassword(user, 'wrong horse')).toBe(false)
      expect(await user.checkPassword('correct horse')).toBe(false)
    },
  )

  test('of scrypt, whose hash fills the column, is hashed with less salt', async () => {
    const whole = await makePassword('correct horse', { hasher: scryptHasher() })
    expect(whole.length).toBeGreaterThan(112)
    const user = new User({ username: 'ann', password: whole })
    await withholdPassword(user, 'correct horse')
    expect(user.password.length).toBeLessThanOrEqual(128)
    expect(await checkWithheldPassword(user, 'correct horse')).toBe(true)
  })

  test('is none of an account as any', async () => {
    for (const password of ['argon2$x', '!', '!signup$', '!signup$x', '', '!unusable', ' !signup$a$b']) {
      const user = new User({ username: 'ann', password })
      expect([isUnverified(user), withheldHash(user), unverifiedSince(user)]).toEqual([false, undefined, undefined])
      expect(await checkWithheldPassword(user, 'x')).toBe(false)
    }
  })
})
