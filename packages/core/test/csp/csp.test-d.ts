import type { HttpRequest } from '@nuages/http'
import { HttpResponse } from '@nuages/http'
import { expectTypeOf, test } from 'vitest'
import { CSP, type CspDirectives, cspOverride, defineSettings, strictCsp } from '../../src/index.ts'

test('a directive that does not exist does not compile', () => {
  const policy: CspDirectives = { ...strictCsp, 'img-src': [CSP.self, 'data:'], 'upgrade-insecure-requests': true }
  expectTypeOf(policy['img-src']).toEqualTypeOf<string | readonly string[] | boolean | undefined>()
  // @ts-expect-error: it is img-src
  defineSettings({ baseDir: '/', debug: true, secureCsp: { 'img-scr': [CSP.self] } })
  // @ts-expect-error: a number is no source
  defineSettings({ baseDir: '/', debug: true, secureCsp: { 'img-src': 7 } })
})

test('a view that is wrapped keeps its type', () => {
  const view = (_request: HttpRequest, { id }: { id: number }): HttpResponse => new HttpResponse(String(id))
  expectTypeOf(cspOverride(false)(view)).toEqualTypeOf<typeof view>()
})
