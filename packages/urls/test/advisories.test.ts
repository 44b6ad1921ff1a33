/** What Django's security advisories told of its URL patterns; docs/security/advisories.md lists them. */
import { HttpResponse } from '@nuages/http'
import { expect, test } from 'vitest'
import { createResolver, path, rePath } from '../src/index.ts'

const view = (): HttpResponse => new HttpResponse('')

test.each([
  ['<int:x>', '1'],
  ['<str:x>', 'a'],
  ['<slug:x>', 'a'],
  ['<uuid:x>', '075194d3-6885-417e-a8a8-6c931e272f00'],
  ['fixed', 'fixed'],
])('the end of a route is the end of the path, not a line break before it (CVE-2021-44420): %s', (route, url) => {
  const resolver = createResolver([path(route, view), rePath(/^re$/, view)])
  expect(resolver.find(`/${url}`)).toBeDefined()
  if (route !== '<str:x>') expect(resolver.find(`/${url}\n`)).toBeUndefined()
  expect(resolver.find('/re')).toBeDefined()
  if (route !== '<str:x>') expect(resolver.find('/re\n')).toBeUndefined()
})

test('a text of a path may hold a line break, and a view is told of it (CVE-2021-44420)', () => {
  expect(createResolver([path('<str:x>', view)]).find('/a\n')?.params).toEqual({ x: 'a\n' })
})

test('a path of many parts is looked at once (CVE-2022-41323)', () => {
  const resolver = createResolver([path('<str:x>/<path:y>/end/', view), path('<path:z>/<int:n>/', view)])
  expect(resolver.find(`/${'a/'.repeat(100_000)}`)).toBeUndefined()
})
