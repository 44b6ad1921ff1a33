import { describe, expect, test } from 'vitest'
import {
  argon2Hasher,
  checkPassword,
  identifyHasher,
  isPasswordUsable,
  makePassword,
  pbkdf2Hasher,
  UnknownPasswordHash,
  unusablePassword,
} from '../../src/index.ts'
import '../project/set-up.ts'

const salt = 'seasalt0123456789abcde'

/** Made by Django 5.2's `make_password('lètmein', 'seasalt0123456789abcde', …)`. */
const djangos = {
  argon2:
    'argon2$argon2id$v=19$m=102400,t=2,p=8$c2Vhc2FsdDAxMjM0NTY3ODlhYmNkZQ$JmlZCR8fQMhMQMaT5S+2XzVg04TGYzhnc8mU9QUiNQg',
  pbkdf2_sha256: 'pbkdf2_sha256$1000000$seasalt0123456789abcde$yd3wPw4D2iheqy4f8TwXu0aZ9kpPDank07MD8MmsySM=',
  pbkdf2_sha1: 'pbkdf2_sha1$1000000$seasalt0123456789abcde$QNf6SE+GVfeQ99+uRMRBy4ANn0Y=',
}

describe("Django's hashes", () => {
  for (const [algorithm, encoded] of Object.entries(djangos)) {
    test(`${algorithm} is checked, and hashed anew only where new ones are stronger`, async () => {
      const upgraded: string[] = []
      const onUpgrade = async (password: string) => void upgraded.push(password)
      expect(await checkPassword('lètmein', encoded, { onUpgrade })).toBe(true)
      expect(upgraded).toEqual(algorithm === 'argon2' ? [] : ['lètmein'])
      expect(await checkPassword('letmein', encoded, { onUpgrade })).toBe(false)
      expect(upgraded).toHaveLength(algorithm === 'argon2' ? 0 : 1)
    })
  }

  test('are made, letter for letter, of the same password, salt and cost', async () => {
    const argon2 = argon2Hasher({ memory: 102_400, passes: 2, parallelism: 8 })
    expect(await argon2.encode('lètmein', salt)).toBe(djangos.argon2)
    expect(await pbkdf2Hasher({ iterations: 1_000_000 }).encode('lètmein', salt)).toBe(djangos.pbkdf2_sha256)
    expect(await pbkdf2Hasher({ digest: 'sha1', iterations: 1_000_000 }).encode('lètmein', salt)).toBe(
      djangos.pbkdf2_sha1,
    )
  })
})

describe('makePassword', () => {
  test('hashes with argon2id at the cost that OWASP names, and another salt each time', async () => {
    const [one, other] = [await makePassword('secret'), await makePassword('secret')]
    expect(one).toMatch(/^argon2\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{30}\$[\w+/]{43}$/)
    expect(other).not.toBe(one)
    expect(one.length).toBeLessThanOrEqual(128)
    expect(await checkPassword('secret', one)).toBe(true)
  })

  test('of null makes what no password fits', async () => {
    const [one, other] = [await makePassword(null), unusablePassword()]
    expect(one).toMatch(/^![A-Za-z0-9]{40}$/)
    expect(other).not.toBe(one)
    expect([isPasswordUsable(one), isPasswordUsable(null), isPasswordUsable('')]).toEqual([false, false, true])
    expect(await checkPassword(one, one)).toBe(false)
    expect(await checkPassword('', one)).toBe(false)
  })

  test('takes the empty password, and letters of any script', async () => {
    for (const password of ['', ' ', 'пароль', '密码', '\u{1f511}', 'a\0b', '\ud800']) {
      const encoded = await makePassword(password, { hasher: cheap })
      expect(await checkPassword(password, encoded)).toBe(true)
      expect(await checkPassword(`${password}x`, encoded)).toBe(false)
    }
  })
})

const cheap = argon2Hasher({ memory: 8, passes: 1 })

describe('checkPassword', () => {
  test('is false, and throws nothing, for what is no hash', async () => {
    const broken = [
      '',
      '$',
      'plain text',
      'md5$abc$def',
      'argon2',
      'argon2$argon2id$v=19$m=8,t=1,p=1$c2Vhc2FsdA$',
      'argon2$argon2d$v=19$m=8,t=1,p=1$c2Vhc2FsdA$AAAAAAAA',
      'argon2$argon2id$v=19$m=99999999,t=1,p=1$c2Vhc2FsdA$AAAAAAAA',
      'argon2$argon2id$v=19$m=8,t=0,p=1$c2Vhc2FsdA$AAAAAAAA',
      'argon2$argon2id$v=19$m=1,t=1,p=1$c2Vhc2FsdA$AAAAAAAA',
      'pbkdf2_sha256$0$salt$AAAA',
      'pbkdf2_sha256$x$salt$AAAA',
      'pbkdf2_sha256$999999999$salt$AAAA',
      'pbkdf2_sha256$1$$AAAA',
      'pbkdf2_sha256$1$salt$',
      'pbkdf2_sha256$1$salt$AAAA$more',
    ]
    for (const encoded of broken) expect(await checkPassword('x', encoded), encoded).toBe(false)
    expect(await checkPassword('x', null)).toBe(false)
    expect(await checkPassword(null, await makePassword('x'))).toBe(false)
  })

  test('hashes anew what cost less', async () => {
    const upgraded: string[] = []
    const encoded = await makePassword('secret', { hasher: cheap })
    expect(await checkPassword('secret', encoded, { onUpgrade: async (again) => void upgraded.push(again) })).toBe(true)
    expect(upgraded).toEqual(['secret'])
  })
})

describe('identifyHasher', () => {
  test('knows the hasher of a hash, and masks what it shows', () => {
    const summary = identifyHasher(djangos.pbkdf2_sha256).safeSummary(djangos.pbkdf2_sha256)
    expect(summary).toEqual({
      algorithm: 'pbkdf2_sha256',
      iterations: '1000000',
      salt: `seasal${'*'.repeat(16)}`,
      hash: `yd3wPw${'*'.repeat(38)}`,
    })
    expect(identifyHasher(djangos.argon2).safeSummary(djangos.argon2)).toMatchObject({
      algorithm: 'argon2',
      'memory cost': '102400',
      hash: `JmlZCR${'*'.repeat(37)}`,
    })
  })

  test('says which ones there are', () => {
    expect(() => identifyHasher('md5$abc$def')).toThrow(UnknownPasswordHash)
    expect(() => identifyHasher('md5$abc$def')).toThrow(
      "No hasher knows a password hash that begins with 'md5$'. Known: argon2, pbkdf2_sha256, pbkdf2_sha1.",
    )
  })
})
