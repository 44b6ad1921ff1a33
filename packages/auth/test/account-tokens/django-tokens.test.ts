import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { type Settings, settings } from '@nuages/core'
import { describe, expect, test } from 'vitest'
import { withoutDjango } from '../../../orm/test/serialization/django/real-django.ts'
import { defaultTokenGenerator, User, uidOf } from '../../src/index.ts'
import '../project/set-up.ts'

interface Answer {
  readonly token: string
  readonly uid: string
  readonly accepted: boolean
}

function askDjango(users: readonly object[], secretKey = (settings as Settings).secretKey): readonly Answer[] {
  const script = join(import.meta.dirname, 'django_tokens.py')
  const { stdout, stderr } = spawnSync('/usr/bin/python3', ['-W', 'ignore', script, secretKey, 'Asia/Seoul'], {
    input: users.map((user) => JSON.stringify(user)).join('\n'),
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer)
}

const people = [
  { id: 1, username: 'ann', password: 'argon2$x', email: 'ann@example.com', last_login: null },
  { id: 4711, username: 'bob', password: 'pbkdf2$y', email: '', last_login: '2026-01-02T03:04:05.000000Z' },
  { id: 3, username: '김', password: '', email: '김@예시.kr', last_login: '2026-12-31T23:59:59.999999Z' },
]

/** The row that Django has of them. */
function ours({ last_login, ...values }: (typeof people)[number]): User {
  return new User({ ...values, lastLogin: last_login === null ? null : Temporal.Instant.from(last_login) })
}

describe.skipIf(withoutDjango)('real Django', { timeout: 180_000 }, () => {
  test('takes our tokens, and we take those of Django', () => {
    const withTokens = people.map((person) => ({ ...person, token: defaultTokenGenerator.makeToken(ours(person)) }))
    for (const [index, { token, uid, accepted }] of askDjango(withTokens).entries()) {
      const user = ours(people[index]!)
      expect(accepted).toBe(true)
      expect(defaultTokenGenerator.checkToken(user, token)).toBe(true)
      expect(uidOf(user)).toBe(uid)
    }
  })

  test('of a former secret key is taken, of another one is not', () => {
    const ofSecret = (secret: string) =>
      askDjango([people[0]!], secret).map(({ token }) => defaultTokenGenerator.checkToken(ours(people[0]!), token))
    expect(ofSecret((settings as Settings).secretKeyFallbacks[0]!)).toEqual([true])
    expect(ofSecret('the key of somebody else entirely')).toEqual([false])
  })
})
