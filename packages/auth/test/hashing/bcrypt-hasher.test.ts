import { expect, test } from 'vitest'
import { bcryptHasher, bcryptSha256Hasher, checkPassword, identifyHasher, UnhashablePassword } from '../../src/index.ts'
import '../project/set-up.ts'

/** Made by Python's bcrypt, as Django calls it, of 'lètmein'. */
const djangos = {
  bcrypt: 'bcrypt$$2b$04$abcdefghijklmnopqrstuuanVo7Xut1CH8VGIGlz1JovQh9GJbbtG',
  bcrypt_sha256: 'bcrypt_sha256$$2b$04$abcdefghijklmnopqrstuulyx/yrfLnuLCi6gwFG5mrkJjuQKpL6S',
}

const bcrypt = bcryptHasher({ rounds: 4 })
const sha256 = bcryptSha256Hasher({ rounds: 4 })

test("Django's hashes are checked, and made letter for letter", async () => {
  for (const hasher of [bcrypt, sha256]) {
    const encoded = djangos[hasher.algorithm as keyof typeof djangos]
    expect(await checkPassword('lètmein', encoded)).toBe(true)
    expect(await checkPassword('letmein', encoded)).toBe(false)
    expect(await hasher.encode('lètmein', 'abcdefghijklmnopqrstuu')).toBe(encoded)
    expect(await hasher.encode('lètmein', '$2b$04$abcdefghijklmnopqrstuu')).toBe(encoded)
  }
})

test('of many at once each gets its answer, and the event loop goes on', async () => {
  let ticks = 0
  const timer = setInterval(() => ticks++, 1)
  const words = Array.from({ length: 12 }, (_, index) => `word ${index}`)
  const hashes = await Promise.all(words.map((word) => sha256.encode(word)))
  const checks = await Promise.all(hashes.map((hash, index) => sha256.verify(words[index]!, hash)))
  clearInterval(timer)
  expect(checks).toEqual(words.map(() => true))
  expect(await sha256.verify(words[0]!, hashes[1]!)).toBe(false)
  expect(ticks).toBeGreaterThan(0)
})

test('bcrypt reads 72 bytes, of which a SHA-256 has all that a password has', async () => {
  const [long, longer] = ['x'.repeat(72), `${'x'.repeat(72)}y`]
  expect(await bcrypt.verify(longer, await bcrypt.encode(long))).toBe(true)
  expect(await sha256.verify(longer, await sha256.encode(long))).toBe(false)
})

test('a NUL is the end of nothing', async () => {
  const encoded = await bcrypt.encode('')
  expect(await bcrypt.verify('\0', encoded)).toBe(false)
  expect(await bcrypt.verify('\0abc', encoded)).toBe(false)
  await expect(bcrypt.encode('a\0b')).rejects.toThrow(UnhashablePassword)
  const hashed = await sha256.encode('a\0b')
  expect([await sha256.verify('a\0b', hashed), await sha256.verify('a', hashed)]).toEqual([true, false])
})

test('a hash that cost less is made anew, and a summary masks it', async () => {
  const encoded = await bcrypt.encode('secret')
  expect([bcrypt.mustUpdate(encoded), bcryptHasher({ rounds: 5 }).mustUpdate(encoded)]).toEqual([false, true])
  expect(encoded).toMatch(/^bcrypt\$\$2b\$04\$[./A-Za-z\d]{53}$/)
  expect(identifyHasher(encoded).safeSummary(encoded)).toEqual({
    algorithm: 'bcrypt',
    'work factor': '4',
    salt: `${encoded.slice(14, 20)}${'*'.repeat(16)}`,
    checksum: `${encoded.slice(36, 42)}${'*'.repeat(25)}`,
  })
})

test('variants of other libraries are the same; those that differ, and absurd costs, are nobody’s', async () => {
  const encoded = await bcrypt.encode('secret')
  for (const variant of ['2a', '2y']) {
    expect(await checkPassword('secret', encoded.replace('$2b$', `$${variant}$`))).toBe(true)
  }
  for (const broken of [
    encoded.replace('$2b$', '$2x$'),
    encoded.replace('$2b$', '$2$'),
    encoded.replace('$04$', '$03$'),
    encoded.replace('$04$', '$31$'),
    encoded.replace('$04$', '$4$'),
    encoded.slice(0, -1),
    `${encoded}x`,
    encoded.replace('bcrypt$', 'bcrypt_sha256$'),
    'bcrypt$',
    'bcrypt$$2b$04$',
  ]) {
    expect(await bcrypt.verify('secret', broken), broken).toBe(false)
  }
})
