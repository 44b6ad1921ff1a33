import { contenttypes } from '@nuages/contenttypes'
import { defineSettings, resetSetup, setup } from '@nuages/core'
import { sessions } from '@nuages/sessions'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  argon2Hasher,
  auth,
  bcryptHasher,
  bcryptSha256Hasher,
  checkPassword,
  identifyHasher,
  isPasswordUsable,
  longestPassword,
  makePassword,
  type PasswordHasher,
  pbkdf2Hasher,
  scryptHasher,
  spendHashingTime,
  UnhashablePassword,
  UnknownPasswordHash,
  unusablePassword,
} from '../../src/index.ts'

/** A project that names these hashers, or none. */
async function setUp(passwordHashers?: readonly PasswordHasher[]): Promise<void> {
  const base = { baseDir: import.meta.dirname, debug: true, databases: { default: 'sqlite:never-opened.sqlite3' } }
  const section = passwordHashers && { passwordHashers }
  await setup(defineSettings({ ...base, installedApps: [contenttypes, sessions, auth], auth: section } as never))
}

await setUp()

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
      "No hasher knows a password hash that begins with 'md5$'. Known: argon2, pbkdf2_sha256, pbkdf2_sha1, bcrypt_sha256, bcrypt, scrypt.",
    )
  })
})

describe('the work of a check', () => {
  /** A hasher of the project's own, which writes down how often it hashes. */
  function countingHasher(algorithm: string, cost: number) {
    const work: number[] = []
    const hasher: PasswordHasher = {
      algorithm,
      async encode(password) {
        work.push(cost)
        return `${algorithm}$${cost}$${password}`
      },
      async verify(password, encoded) {
        work.push(Number(encoded.split('$')[1]))
        return encoded.split('$')[2] === password
      },
      mustUpdate: (encoded) => Number(encoded.split('$')[1]) < cost,
      async hardenRuntime(_password, encoded) {
        work.push(cost - Number(encoded.split('$')[1]))
      },
      safeSummary: () => ({ algorithm }),
    }
    return { hasher, work, spent: () => work.splice(0).reduce((sum, one) => sum + one, 0) }
  }

  const hasherOfProject = countingHasher('counted', 100)
  const former = pbkdf2Hasher({ iterations: 1000 })

  beforeAll(async () => {
    await resetSetup()
    await setUp([hasherOfProject.hasher, former])
  })
  afterAll(resetSetup)

  test('is the same whatever there is to check, when the password is wrong', async () => {
    for (const encoded of ['counted$100$right', 'counted$1$right', 'counted$0$', null, '!unusable', '', 'md5$a$b']) {
      expect(await checkPassword('wrong', encoded), String(encoded)).toBe(false)
      expect(hasherOfProject.spent(), String(encoded)).toBe(100)
    }
    expect(await checkPassword(null, 'counted$100$right')).toBe(false)
    expect(hasherOfProject.spent()).toBe(100)
    await spendHashingTime()
    expect(hasherOfProject.spent()).toBe(100)
  })

  test('is at least that for a hash of another kind', async () => {
    const encoded = await former.encode('right')
    expect(await checkPassword('wrong', encoded)).toBe(false)
    expect(hasherOfProject.spent()).toBe(100)
    expect(await checkPassword('right', encoded, { onUpgrade: async () => {} })).toBe(true)
  })

  test('is done once for a password that is longer than any, without reading it', async () => {
    const long = 'x'.repeat(longestPassword + 1)
    expect(await checkPassword(long, `counted$100$${long}`)).toBe(false)
    expect(hasherOfProject.spent()).toBe(100)
    const longest = 'x'.repeat(longestPassword)
    expect(await checkPassword(longest, await makePassword(longest))).toBe(true)
    await expect(makePassword(long)).rejects.toThrow(UnhashablePassword)
    await expect(makePassword(long)).rejects.toThrow('A password of 4097 letters is too long: it takes 4096.')
  })
})

test('no text has a hasher throw, or takes it long', async () => {
  const hashers = [argon2Hasher(), pbkdf2Hasher(), bcryptHasher(), bcryptSha256Hasher(), scryptHasher()]
  const parts = fc.array(
    fc.oneof(fc.string(), fc.integer().map(String), fc.constantFrom('v=19', 'm=8,t=1,p=1', '2b', '')),
  )
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...hashers), parts, async (hasher, rest) => {
      const encoded = [hasher.algorithm, ...rest].join('$')
      hasher.safeSummary(encoded)
      hasher.mustUpdate(encoded)
      expect(await hasher.verify('x', encoded)).toBe(false)
    }),
    { numRuns: 200 },
  )
})

test('hashers make up for what a cheaper hash, an equal one and a broken one cost less', async () => {
  const pairs = [
    [argon2Hasher({ memory: 64, passes: 3 }), argon2Hasher({ memory: 32, passes: 1 })],
    [pbkdf2Hasher({ iterations: 50 }), pbkdf2Hasher({ iterations: 10 })],
    [bcryptHasher({ rounds: 6 }), bcryptHasher({ rounds: 4 })],
    [scryptHasher({ workFactor: 64, parallelism: 2 }), scryptHasher({ workFactor: 16, parallelism: 1 })],
  ] as const
  for (const [hasher, weaker] of pairs) {
    const [strong, weak] = [await hasher.encode('x'), await weaker.encode('x')]
    expect([hasher.mustUpdate(strong), hasher.mustUpdate(weak)]).toEqual([false, true])
    for (const encoded of [strong, weak, hasher.algorithm, '']) await hasher.hardenRuntime!('y', encoded)
  }
})
