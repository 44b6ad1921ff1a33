import type { HttpRequest } from '@nuages/http'
import { expectTypeOf, test } from 'vitest'
import { getSignedCookie } from '../../src/index.ts'

declare const request: HttpRequest

test('what is returned where there is no cookie is in the type', () => {
  expectTypeOf(getSignedCookie(request, 'theme')).toEqualTypeOf<string | undefined>()
  expectTypeOf(getSignedCookie(request, 'theme', { default: 'light' })).toEqualTypeOf<string>()
  expectTypeOf(getSignedCookie(request, 'theme', { default: null, maxAge: 60 })).toEqualTypeOf<string | null>()
})
