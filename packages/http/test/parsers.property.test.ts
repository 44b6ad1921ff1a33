import fc from 'fast-check'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { isAllowedHost } from '../src/host.ts'
import {
  BadRequest,
  DisallowedHost,
  defaultRequestPolicy,
  HttpError,
  HttpRequest,
  QueryDict,
  type RequestPolicy,
  TooDeeplyNested,
} from '../src/index.ts'
import { makeEnviron } from './environ.ts'

const request = (environ: Record<string, string>, policy: Partial<RequestPolicy> = {}) =>
  new HttpRequest(makeEnviron(environ), { ...defaultRequestPolicy, ...policy })

const label = fc.string({ unit: fc.constantFrom(...'abxyz019'), minLength: 1, maxLength: 6 })
const name = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'))
const host = fc.oneof(
  name,
  fc.ipV4(),
  fc.ipV6().map((address) => `[${address.toLowerCase()}]`),
)
const port = fc.oneof(
  fc.constant(''),
  fc.nat({ max: 65_535 }).map((number) => `:${number}`),
)

it('a host that is one is taken, in lower case', () => {
  fc.assert(
    fc.property(host, port, fc.boolean(), (where, at, shouts) => {
      // zones and dotted tails of IPv6 have their own tests
      fc.pre(!/[%]|:\d+\.\d/.test(where))
      // nor is a name that ends in a number, unless it is an IPv4 address
      fc.pre(URL.canParse(`http://${where}/`))
      const asked = shouts ? where.toUpperCase() : where
      expect(request({ HTTP_HOST: asked + at }).host).toBe(where + at)
      expect(request({ HTTP_HOST: asked + at }, { allowedHosts: [where] }).host).toBe(where + at)
      expect(() => request({ HTTP_HOST: asked + at }, { allowedHosts: [`x${where}`] }).host).toThrow(DisallowedHost)
    }),
  )
})

it('a host is refused or makes a URL whose host it is', () => {
  const odd = fc.oneof(
    fc.string(),
    fc
      .array(
        fc.oneof(name, fc.constantFrom('/', '@', ':', '\\', '?', '#', ' ', '[', ']', '..', '%00', '\0', ':80', '::1')),
      )
      .map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(odd, (text) => {
      let accepted: string
      try {
        accepted = request({ HTTP_HOST: text }).host
      } catch (error) {
        expect(error).toBeInstanceOf(DisallowedHost)
        return
      }
      // a browser reads it as this host and nothing more
      const url = new URL(`http://${accepted}/`)
      expect([url.username, url.password, url.pathname, url.search, url.hash]).toEqual(['', '', '/', '', ''])
    }),
    { numRuns: 500 },
  )
})

it('a domain allows itself and what is below it, and nothing that only ends like it', () => {
  fc.assert(
    fc.property(name, label, port, (domain, below, at) => {
      expect(isAllowedHost(`${domain}${at}`, [`.${domain}`])).toBe(true)
      expect(isAllowedHost(`${below}.${domain}${at}`, [`.${domain}`])).toBe(true)
      expect(isAllowedHost(`${below}${domain}${at}`, [`.${domain}`])).toBe(false)
      expect(isAllowedHost(`${domain}.${below}${at}`, [`.${domain}`])).toBe(`${domain}.${below}`.endsWith(`.${domain}`))
    }),
  )
})

const token = fc.string({ unit: fc.constantFrom(...'abcxyz'), minLength: 1, maxLength: 5 })
const range = fc.tuple(
  fc.oneof(
    fc.tuple(token, token).map((parts) => parts.join('/')),
    token.map((type) => `${type}/*`),
    fc.constant('*/*'),
  ),
  fc.constantFrom('', ';q=0', ';q=0.5', ';q=1', '; charset=utf-8', ';q=0.001', ';v="a,b;c"'),
)

it('what Accept prefers is one of what is offered and refused by nothing', () => {
  const offers = fc.uniqueArray(
    fc.tuple(token, token).map((parts) => parts.join('/')),
    { minLength: 1, maxLength: 4 },
  )
  fc.assert(
    fc.property(fc.array(range, { maxLength: 8 }), offers, (ranges, types) => {
      const accept = ranges.map((parts) => parts.join('')).join(', ')
      const preferred = request({ HTTP_ACCEPT: accept }).preferredType(types)
      if (preferred !== undefined) expect(types).toContain(preferred)
      const anything = `${accept}${accept === '' ? '' : ','}*/*`
      if (!accept.includes(';')) expect(request({ HTTP_ACCEPT: anything }).preferredType(types)).toBeDefined()
      // what is named and not refused is accepted
      for (const [type, parameters] of ranges) {
        if (parameters !== '' || type.includes('*')) continue
        const others = ranges.filter(([other]) => other === type)
        if (others.length === 1) expect(request({ HTTP_ACCEPT: accept }).accepts(type)).toBe(true)
      }
    }),
    { numRuns: 200 },
  )
})

it('any Accept and Content-Type is read', () => {
  const odd = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'a/*;,= "\\\0\xff\u{1F600}\ud800') }),
    fc.array(fc.constantFrom('a/b', '*/*', ';', ',', '"', 'q=', '0', ' ', '=', '\\')).map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(odd, (text) => {
      const asked = request({ HTTP_ACCEPT: text, CONTENT_TYPE: text })
      expect(['text/html', 'image/png', undefined]).toContain(asked.preferredType(['text/html', 'image/png']))
      expect(typeof asked.contentType).toBe('string')
    }),
    { numRuns: 500 },
  )
})

it('a query gives every value of a name, in order, and the last as its value', () => {
  const pair = fc.tuple(fc.constantFrom('a', 'b', 'ü', 'a[]'), fc.string({ unit: 'grapheme', maxLength: 4 }))
  fc.assert(
    fc.property(fc.array(pair), (pairs) => {
      fc.pre(pairs.every(([, value]) => !value.includes('\0')))
      const text = pairs.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join('&')
      const query = QueryDict.parse(text)
      for (const key of ['a', 'b', 'ü', 'a[]', 'c']) {
        const values = pairs.filter(([known]) => known === key).map(([, value]) => value)
        expect(query.getAll(key)).toEqual(values)
        expect(query.get(key)).toBe(values.at(-1))
      }
    }),
  )
})

it.each(['a=%00', '%00=a', 'a=b%00c', 'a=\0', 'a=%C0%80', 'a=%ED%A0%80', 'a=%', 'a=%4', 'a=%4g', 'a=\xff'])(
  'the query %j is bad',
  (text) => {
    expect(() => QueryDict.parse(text)).toThrow(BadRequest)
  },
)

const posted = (text: string, policy: Partial<RequestPolicy> = {}) =>
  new HttpRequest(makeEnviron({ REQUEST_METHOD: 'POST' }, [text]), { ...defaultRequestPolicy, ...policy })

it('JSON comes back as it was sent, but for what no database takes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 6 }), fc.boolean(), async (value, isPretty) => {
      const text = JSON.stringify(value, null, isPretty ? 1 : 0)
      const isStorable = !/\\u(?:0000|d[89a-f])/i.test(text.replaceAll(/\\\\/g, ''))
      const result = await posted(text)
        .json()
        .catch((error: unknown) => error)
      if (isStorable) expect(result).toEqual(JSON.parse(text))
      else expect(result).toBeInstanceOf(BadRequest)
    }),
    { numRuns: 200 },
  )
})

it('JSON is nested as deep as is allowed, brackets in texts not counted', async () => {
  const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth)
  const inText = JSON.stringify([`${'['.repeat(500)}"\\`, { '{{{{"\\"': '}' }])
  expect(await posted(inText, { maxNesting: 2 }).json()).toEqual(JSON.parse(inText))
  for (const [open, close] of [
    ['[', ']'],
    ['{"a":', '}'],
    ['[{"[":', '}]'],
  ] as const) {
    const levels = open.startsWith('[{') ? 2 : 1
    await expect(
      posted(
        nested(50 / levels, open, close)
          .replace('a":}', 'a":1}')
          .replace('[":}', '[":1}'),
        { maxNesting: 50 },
      ).json(),
    ).resolves.toBeDefined()
    const tooDeep = posted(nested(52 / levels, open, close), { maxNesting: 50 }).json()
    await expect(tooDeep).rejects.toThrow(TooDeeplyNested)
    await expect(tooDeep).rejects.toMatchObject({ status: 400, code: 'too-deeply-nested' })
  }
  await expect(posted('['.repeat(1_000_000)).json()).rejects.toThrow('nested deeper than 100 levels')
  // side by side is not deep
  expect(await posted(`[${Array.from({ length: 1000 }, () => '[]').join()}]`, { maxNesting: 2 }).json()).toHaveLength(
    1000,
  )
})

it('any text is JSON or a bad request', async () => {
  const odd = fc
    .array(fc.constantFrom('{', '}', '[', ']', '"', '\\', '\\u0000', '\\ud800', ',', ':', '1', 'a', '\0', ' '))
    .map((parts) => parts.join(''))
  await fc.assert(
    fc.asyncProperty(odd, async (text) => {
      const result = await posted(text, { maxNesting: 3 })
        .json(z.any())
        .catch((error: unknown) => error)
      if (result instanceof Error) expect(result).toBeInstanceOf(HttpError)
      else expect(result).toEqual(JSON.parse(text))
    }),
    { numRuns: 500 },
  )
})
