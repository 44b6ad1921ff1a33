import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BadHeaderError, HttpResponse } from '../src/index.ts'
import { parseCookies } from '../src/parse-cookies.ts'

const parsed = (header: string) => Object.fromEntries(parseCookies(header))

describe('a Cookie header', () => {
  it.each<[string, Record<string, string>]>([
    ['', {}],
    ['chips=ahoy; vienna=finger', { chips: 'ahoy', vienna: 'finger' }],
    ['chips=ahoy;vienna=finger;', { chips: 'ahoy', vienna: 'finger' }],
    // a semicolon parts cookies in quotes as well, as browsers have it
    ['keebler="E=mc2; L=\\"Loves\\"; fudge=\\012;"', { keebler: '"E=mc2', L: '\\"Loves\\"', fudge: '\\012', '': '"' }],
    ['keebler="a\\"b\\012c\\000"', { keebler: 'a"b\nc\\000' }],
    ['keebler=E=mc2', { keebler: 'E=mc2' }],
    ['key:term=value:term', { 'key:term': 'value:term' }],
    ['a=b; c=[; d=r; f=h', { a: 'b', c: '[', d: 'r', f: 'h' }],
    ['a=b; Domain=example.com', { a: 'b', Domain: 'example.com' }],
    ['a=b; unnamed; c=d', { a: 'b', '': 'unnamed', c: 'd' }],
    ['a=b; "; c=d', { a: 'b', '': '"', c: 'd' }],
    ['a b c=d e = f; gh=i', { 'a b c': 'd e = f', gh: 'i' }],
    ['a   b,c<>@:/[]?{}=d  "  =e,f g', { 'a   b,c<>@:/[]?{}': 'd  "  =e,f g' }],
    ['  =  b  ;  ;  =  ;   c  =  ;  ', { '': 'b', c: '' }],
    ['a=1, b=2', { a: '1, b=2' }],
    ['a="', { a: '"' }],
    ['a=""', { a: '' }],
    ['a=%E2%82%AC', { a: '€' }],
    ['a=%E2%82', { a: '%E2%82' }],
    ['a=%00', { a: '%00' }],
    ['a=%ED%A0%80', { a: '%ED%A0%80' }],
    // bytes as servers hand them over, one a character
    ['saint=Andr\xc3\xa9', { saint: 'André' }],
    ['saint=Andr\xe9', { saint: 'Andr\xe9' }],
    ['\ta=b\t;\t c\t=\td', { a: 'b', c: 'd' }],
    // a space that browsers keep makes another name: it must not become one with a prefix that they watch over
    ['\xa0__Host-sessionid=evil; __Host-sessionid=own', { '\xa0__Host-sessionid': 'evil', '__Host-sessionid': 'own' }],
    ['\xc2\xa0__Host-a=evil', { '\xa0__Host-a': 'evil' }],
    ['\xe2\x80\x83__Secure-a=evil', { '\u2003__Secure-a': 'evil' }],
    ['\xef\xbb\xbf__Host-a=evil', { '\ufeff__Host-a': 'evil' }],
    ['\x0b__Host-a=evil', { '\x0b__Host-a': 'evil' }],
    // the one with the longest path comes first
    ['a=longest; a=short', { a: 'longest' }],
    ['__proto__=x; constructor=y', JSON.parse('{ "__proto__": "x", "constructor": "y" }')],
  ])('%s', (header, cookies) => {
    expect(parsed(header)).toEqual(cookies)
  })

  it('is read the same as its cookies are, one by one', () => {
    const piece = fc.string({ unit: fc.constantFrom(...'ab=,"\\% \t\x00\xe9\xc3\xa91€') })
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const together = parseCookies(pieces.join(';'))
        const names = new Map<string, string>()
        // UTF-8 is looked for in the whole
        fc.pre(pieces.every((one) => /^[\0-\x7f]*$/.test(one)))
        for (const one of pieces)
          for (const [name, value] of parseCookies(one)) if (!names.has(name)) names.set(name, value)
        expect([...together]).toEqual([...names])
        for (const value of together.values()) expect(value.isWellFormed()).toBe(true)
      }),
    )
  })

  it('takes any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'a=;, "\\%2\0\xff\u{1F600}\ud800') }),
        (text) => void parseCookies(text),
      ),
    )
  })

  it('gives back what setCookie wrote', () => {
    const name = fc
      .string({ unit: fc.constantFrom(..."!#$%&'*+-.^_`|~09AZaz"), minLength: 1 })
      .filter((text) => !text.startsWith('__'))
    fc.assert(
      fc.property(name, fc.string({ unit: 'grapheme' }), (cookie, value) => {
        fc.pre(!value.includes('\0'))
        const response = new HttpResponse()
        response.setCookie(cookie, value)
        const [line] = response.setCookieHeaders()
        expect(parseCookies(line!.split(';')[0]!).get(cookie)).toBe(value)
      }),
    )
  })
})

describe('a prefix of a name', () => {
  const setting = (name: string, options: object) => () => new HttpResponse().setCookie(name, 'x', options)

  it.each([
    ['__Secure-a', { secure: true, domain: 'example.com', path: '/a' }],
    ['__Host-a', { secure: true }],
    ['__Host-a', { secure: true, path: '/' }],
    ['__Http-a', { secure: true, httpOnly: true, path: '/a' }],
    ['__Host-Http-a', { secure: true, httpOnly: true }],
    ['__Other-a', {}],
    ['Host-a', {}],
  ])('%s is kept with %j', (name, options) => {
    expect(setting(name, options)).not.toThrow()
  })

  it.each([
    ['__Secure-a', {}, 'its prefix asks for secure: true'],
    ['__SECURE-a', { secure: false }, 'its prefix asks for secure: true'],
    ['__Host-a', {}, 'its prefix asks for secure: true'],
    ['__host-a', { secure: true, domain: 'example.com' }, 'its prefix allows no domain'],
    ['__Host-a', { secure: true, path: '/a' }, "its prefix asks for the path '/'"],
    ['__Http-a', { secure: true }, 'its prefix asks for httpOnly: true'],
    ['__Host-Http-a', { secure: true }, 'its prefix asks for httpOnly: true'],
    ['__Host-Http-a', { secure: true, httpOnly: true, path: '/a' }, "its prefix asks for the path '/'"],
  ])('%s is not kept with %j', (name, options, why) => {
    expect(setting(name, options)).toThrow(BadHeaderError)
    expect(setting(name, options)).toThrow(`No browser takes the cookie '${name}': ${why}.`)
  })

  it.each(['__Secure-a', '__Host-a', '__Http-a', '__Host-Http-a', 'a'])('%s is deleted', (name) => {
    const response = new HttpResponse()
    response.deleteCookie(name)
    const [line] = response.setCookieHeaders()
    expect(line).toContain(`${name}=; Max-Age=0`)
    expect(line!.includes('Secure')).toBe(name !== 'a')
    expect(line!.includes('HttpOnly')).toBe(name.includes('Http-'))
  })
})
