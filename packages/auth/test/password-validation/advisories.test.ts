import { expect, test } from 'vitest'
import { userAttributeSimilarityValidator, validatePassword } from '../../src/index.ts'
import '../project/set-up.ts'

test('CVE-2021-45115: a very long password is not compared with short names', () => {
  // Each attribute says how often it was read, letter by letter: what is far shorter is not.
  let compared = 0
  class Watched extends String {
    override [Symbol.iterator]() {
      compared++
      return super[Symbol.iterator]()
    }
  }
  const user = { username: 'ann', firstName: 'Ann', lastName: 'Smith', email: 'ann@example.com' }
  const password = new Watched('x'.repeat(100_000))
  Object.assign(password, { toLowerCase: () => password })
  userAttributeSimilarityValidator().validate(password as unknown as string, user)
  expect(compared).toBe(0)
})

test('CVE-2021-45115: what is long enough to be like a password is compared with it all the same', async () => {
  const name = 'a-rather-long-user-name-of-somebody'
  await expect(validatePassword(`${name}1`, { username: name })).rejects.toThrow('too much like the username')
})
