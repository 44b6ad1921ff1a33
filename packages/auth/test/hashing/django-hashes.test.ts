import { describe, expect, test } from 'vitest'
import {
  argon2Hasher,
  bcryptHasher,
  bcryptSha256Hasher,
  checkPassword,
  type PasswordHasher,
  pbkdf2Hasher,
} from '../../src/index.ts'
import { askDjango, withoutDjango } from '../django/real-django.ts'
import '../project/set-up.ts'

const passwords = ['', ' ', 'correct horse', 'lètmein', 'пароль', '密码', '\u{1f511} key', '$dollar$', 'x'.repeat(200)]
const algorithms = ['argon2', 'pbkdf2_sha256', 'pbkdf2_sha1', 'bcrypt_sha256', 'bcrypt'] as const

/** As cheap as they can be: what is compared is the form. */
const cheap: Record<(typeof algorithms)[number], PasswordHasher> = {
  argon2: argon2Hasher({ memory: 16, passes: 1, parallelism: 2 }),
  pbkdf2_sha256: pbkdf2Hasher({ iterations: 10 }),
  pbkdf2_sha1: pbkdf2Hasher({ digest: 'sha1', iterations: 10 }),
  bcrypt_sha256: bcryptSha256Hasher({ rounds: 4 }),
  bcrypt: bcryptHasher({ rounds: 4 }),
}

interface Answers {
  readonly made: readonly string[]
  readonly checked: readonly boolean[]
}

describe.skipIf(withoutDjango)('real Django', { timeout: 240_000 }, () => {
  test('makes hashes that are checked here, each as often as it has to be', async () => {
    const make = algorithms.map((algorithm, index) => [passwords[index + 3]!, algorithm])
    const { made } = (await askDjango('django_hashes.py', { make, check: [] })) as Answers
    for (const [index, encoded] of made.entries()) {
      const [password, algorithm] = make[index]!
      const upgraded: string[] = []
      const onUpgrade = async (again: string) => void upgraded.push(again)
      expect(encoded.startsWith(`${algorithm}$`)).toBe(true)
      expect(await checkPassword(password!, encoded, { onUpgrade }), encoded).toBe(true)
      // Django's argon2 costs more than ours; of whatever else there is, it becomes argon2.
      expect(upgraded).toEqual(algorithm === 'argon2' ? [] : [password])
      expect(await checkPassword(`${password}x`, encoded)).toBe(false)
    }
  })

  test('accepts the hashes that are made here', async () => {
    const check: [string, string][] = []
    for (const hasher of Object.values(cheap)) {
      for (const password of passwords) check.push([password, await hasher.encode(password)])
      check.push(['wrong', await hasher.encode('right')])
    }
    const { checked } = (await askDjango('django_hashes.py', { make: [], check })) as Answers
    expect(checked).toEqual(check.map(([password]) => password !== 'wrong'))
  })
})
