/** What Django's security advisories told of its template engine and filters; docs/security/advisories.md lists them. */
import { describe, expect, test } from 'vitest'
import { createNunjucksEngine, TemplateError } from '../src/index.ts'

const engine = createNunjucksEngine({ debug: true })

function filtered(v: unknown, filter: string): Promise<string> {
  return engine.renderString(`{{ v | ${filter} }}`, { v })
}

/** So much that work which grows with the square of it would not end within the test's time. */
const much = 200_000

describe('filters end, whatever a visitor wrote', () => {
  test.each([
    ['truncatewords_html(3)', 'CVE-2023-43665', '<'.repeat(much)],
    [
      'truncatewords_html(3)',
      'CVE-2026-1285, closing tags that nothing opened',
      `${'<a>'.repeat(much)}${'</b>'.repeat(much)}`,
    ],
    ['truncatewords_html(3)', 'CVE-2026-1285, quotes that nothing closes', '<a "'.repeat(much)],
    ['truncatewords(3)', 'CVE-2024-27351', `${'> '.repeat(much)}x`],
    ['urlize', 'CVE-2024-38875, brackets', `${'('.repeat(much)}a.com${')'.repeat(much)}`],
    ['urlize', 'CVE-2024-41990, full stops', `a.com${'.'.repeat(much)}x`],
    ['urlize', 'CVE-2024-41991, letters of many scripts', `www.${'ｉ'.repeat(much)}.com`],
    ['urlize', 'CVE-2024-45230, semicolons', `&${'&:'.repeat(much)};a.com`],
    ['urlize', 'CVE-2024-38875, many addresses', 'a@b.com,http://c.org '.repeat(much / 20)],
    ['striptags', 'CVE-2024-53907, unfinished entities', `${'&gt'.repeat(much)}<x>`],
    ['striptags', 'CVE-2025-32873, unfinished tags', '<p '.repeat(much)],
    ['striptags', 'CVE-2024-53907, nested tags', `${'<'.repeat(much)}b${'>'.repeat(much)}`],
    ['wordwrap(10)', 'CVE-2025-26699', `${'x '.repeat(much)}`],
    ['wordwrap(1000000000)', 'CVE-2025-26699, a wide line', 'x '.repeat(much)],
    ['intcomma', 'CVE-2024-24680', '1'.repeat(much)],
    ['slugify', 'CVE-2023-46695, letters that are composed', 'ｅ́'.repeat(much)],
  ])('%s (%s)', async (filter, _advisory, text) => {
    expect(typeof (await filtered(text, filter))).toBe('string')
  })
})

test.each(['1e1000000', '-1e-1000000', '0e999999999', '1e999999999999'])(
  'floatformat makes no text of a million digits (CVE-2024-41989): %s',
  async (number) => {
    expect((await filtered(number, 'floatformat(2)')).length).toBeLessThan(400)
    expect((await filtered(number, 'intcomma')).length).toBeLessThan(400)
  },
)

test('dictsort sorts by what the items hold, and calls nothing (CVE-2021-45116)', async () => {
  let calls = 0
  class Account {
    readonly name: string
    readonly #secret: string
    constructor(name: string, secret: string) {
      this.name = name
      this.#secret = secret
    }
    secret(): string {
      calls += 1
      return this.#secret
    }
  }
  const accounts = [new Account('b', '1'), new Account('a', '2')]
  const names = '{% for x in v | dictsort("name") %}{{ x.name }}{% endfor %}'
  expect(await engine.renderString(names, { v: accounts })).toBe('ab')
  const bySecret = '{% for x in v | dictsort("secret") %}{{ x.name }}{% endfor %}'
  expect(await engine.renderString(bySecret, { v: accounts })).toBe('ba')
  expect(calls).toBe(0)
})

test('there is no tag that prints the whole context (CVE-2022-22818)', async () => {
  await expect(engine.renderString('{% debug %}', { v: '<script>' })).rejects.toThrow(TemplateError)
})
