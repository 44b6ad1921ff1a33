import { expect, test } from 'vitest'
import { ImproperlyConfigured, NuagesError } from '../src/index.ts'

test('carries code, hint, cause and the name of its class', () => {
  const cause = new Error('below')
  const error = new ImproperlyConfigured('wrong', { hint: 'do this', cause })
  expect(error).toBeInstanceOf(NuagesError)
  expect(error).toMatchObject({ name: 'ImproperlyConfigured', code: 'improperly-configured', hint: 'do this', cause })
  expect(String(error)).toBe('ImproperlyConfigured: wrong')
})
