import { expect, test } from 'vitest'
import { checkPassword, identifyHasher, scryptHasher } from '../../src/index.ts'
import '../project/set-up.ts'

const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64')

/** RFC 7914, section 12, in Django's form. */
const vectors = [
  {
    password: 'password',
    encoded: `scrypt$1024$NaCl$8$16$${base64('fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640')}`,
  },
  {
    password: 'pleaseletmein',
    encoded: `scrypt$16384$SodiumChloride$8$1$${base64('7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887')}`,
  },
]

for (const { password, encoded } of vectors) {
  test(`the RFC's hash of '${password}' is checked, and made`, async () => {
    expect(await checkPassword(password, encoded)).toBe(true)
    expect(await checkPassword('Password', encoded)).toBe(false)
    const [, workFactor, salt, blockSize, parallelism] = encoded.split('$')
    const cost = { workFactor: Number(workFactor), blockSize: Number(blockSize), parallelism: Number(parallelism) }
    expect(await scryptHasher(cost).encode(password, salt)).toBe(encoded)
  })
}

test("new ones cost what Django's do, and are checked as often", async () => {
  const hasher = scryptHasher()
  const encoded = await hasher.encode('lètmein')
  expect(encoded).toMatch(/^scrypt\$16384\$\w{22}\$8\$5\$[\w+/]{86}==$/)
  expect(encoded.length).toBeLessThanOrEqual(128)
  expect(await hasher.verify('lètmein', encoded)).toBe(true)
  expect(hasher.mustUpdate(encoded)).toBe(false)
  expect(scryptHasher({ parallelism: 6 }).mustUpdate(encoded)).toBe(true)
  expect(hasher.mustUpdate(vectors[1]!.encoded)).toBe(true)
  expect(identifyHasher(encoded).safeSummary(encoded)).toMatchObject({ 'work factor': '16384', 'block size': '8' })
})

test('what asks for too much, or is no hash, is nobody’s', async () => {
  const hasher = scryptHasher()
  const broken = [
    'scrypt',
    'scrypt$16384$salt$8$1',
    'scrypt$0$salt$8$1$AAAA',
    'scrypt$1$salt$8$1$AAAA',
    'scrypt$1000$salt$8$1$AAAA',
    'scrypt$1024$salt$0$1$AAAA',
    'scrypt$1024$salt$8$0$AAAA',
    'scrypt$1024$$8$1$AAAA',
    'scrypt$1073741824$salt$8$1$AAAA',
    'scrypt$16384$salt$99999$1$AAAA',
    'scrypt$16384$salt$8$99999$AAAA',
    'scrypt$-16384$salt$8$1$AAAA',
    'scrypt$1024$salt$8$1$AA$AA',
    'scrypt$1024$salt$8$1$',
  ]
  for (const encoded of broken) {
    expect(await hasher.verify('x', encoded), encoded).toBe(false)
    expect(hasher.mustUpdate(encoded)).toBe(true)
    expect(hasher.safeSummary(encoded)).toEqual({ algorithm: 'scrypt' })
  }
})
