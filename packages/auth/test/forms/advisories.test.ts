import { expect, test, vi } from 'vitest'
import { AuthenticationForm, UserCreationForm } from '../../src/index.ts'
import '../project/set-up.ts'

test('CVE-2023-46695: a username that is too long is refused before anybody normalizes it', async () => {
  const username = '\u2126'.repeat(100_000)
  const normalize = vi.spyOn(String.prototype, 'normalize')
  const log = new AuthenticationForm({ data: { username, password: 'correct horse' } as never })
  const made = new UserCreationForm({
    data: { username, password1: 'correct horse', password2: 'correct horse' } as never,
  })
  expect([await log.isValid(), log.errors.has('username')]).toEqual([false, true])
  expect(() => made.fields.username.clean(username)).toThrow('At most 150 characters')
  const longest = Math.max(0, ...normalize.mock.contexts.map((text) => String(text).length))
  normalize.mockRestore()
  expect(longest).toBeLessThan(1000)
})
