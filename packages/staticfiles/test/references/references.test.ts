import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { dependencyOrder } from '../../src/collect/dependency-order.ts'
import { ignoring } from '../../src/collect/ignore-patterns.ts'
import { hashedName } from '../../src/manifest/static-manifest.ts'
import { cssReferences } from '../../src/references/css-references.ts'
import { jsReferences } from '../../src/references/js-references.ts'
import { lineAt, replaceReferences } from '../../src/references/reference.ts'
import { resolveReference } from '../../src/references/resolve-reference.ts'

const urls = (references: readonly { readonly url: string }[]): string[] => references.map(({ url }) => url)

describe('a style sheet refers to', () => {
  it.each([
    ['a{b:url(x.png)}', ['x.png']],
    ['a{b:url( "x y.png" )}', ['x y.png']],
    ["a{b:url('x\\'y.png')}", ["x'y.png"]],
    ['a{b:URL(x\\20y.png)}', ['x y.png']],
    ['@import "a.css";', ['a.css']],
    ["@IMPORT 'a.css' layer(x) supports(display: grid) screen;", ['a.css']],
    ['@import url(a.css);', ['a.css']],
    ['@import url("a.css") supports(content: "b.css");', ['a.css']],
    ['a{b:image-set("a.png" 1x, url(b.png) 2x)}', ['a.png', 'b.png']],
    ['a{b:-webkit-image-set(url("a.png") 1x type("image/png"))}', ['a.png']],
    ['a{b:src("a.woff2")}', ['a.woff2']],
    ['/*# sourceMappingURL=a.css.map */', ['a.css.map']],
    ['/* url(a.png) @import "b.css" */', []],
    ['a{content:"url(a.png)"}', []],
    ['@namespace "http://www.w3.org/1999/xhtml"; @namespace svg url(http://www.w3.org/2000/svg);', []],
    ['a{b:url()}', ['']],
    ['a{b:url(a"b)}', []],
    ['a{b:attr("x")}', []],
    ['@charset "utf-8"; a{b:url(x)}', ['x']],
  ])('%s', (text, expected) => {
    expect(urls(cssReferences(text))).toEqual(expected)
  })

  test('whatever is written for it, as it is read again', () => {
    const style = fc.string({ unit: fc.constantFrom(...'url()"\'\\;{}@import /*#=.\nä𝒳'), maxLength: 60 })
    fc.assert(
      fc.property(style, fc.constantFrom('a.png', "../x y/b.css?v=1#'", 'é"\\.js', 'a)b('), (text, path) => {
        const references = cssReferences(text)
        expect(replaceReferences(text, references, () => undefined)).toBe(text)
        const replaced = replaceReferences(text, references, ({ isOptional }) => (isOptional ? undefined : path))
        expect(urls(cssReferences(replaced))).toEqual(
          references.map(({ isOptional, url }) => (isOptional ? url : path)),
        )
      }),
      { numRuns: 60 },
    )
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((url) => !url.includes('\0')),
        (url) => {
          const [reference] = cssReferences('a{b:url(x)}')
          expect(urls(cssReferences(`a{b:${reference!.write(url)}}`))).toEqual([url.toWellFormed()])
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('a script refers to', () => {
  it.each([
    ['import "./a.js"; import x from "../b.js"', ['./a.js', '../b.js']],
    ['import x from "/static/b.js"', ['/static/b.js']],
    ['import x from "react"; import "https://example.com/x.js"; import "#internal"', []],
    ['export { a } from "./a.js"; export * from "./b.js"', ['./a.js', './b.js']],
    ['import("./a.js"); import(`./b.js`); import("./c" + x); import(`./$' + '{d}.js`)', ['./a.js', './b.js']],
    ['import data from "./a.json" with { type: "json" }', ['./a.json']],
    ['new URL("w.js", import.meta.url); new URL( `x.js` , import . meta . url )', ['w.js', 'x.js']],
    ['new URL("w.js", base); new URL("w.js"); x.URL("w.js", import.meta.url)', []],
    ['// import "./a.js"\n/* import("./b.js") */ "import \'./c.js\'"', []],
    ['a();\n//# sourceMappingURL=a.js.map\n', ['a.js.map']],
    ['"//# sourceMappingURL=a.js.map"', []],
    ['//# sourceMappingURL=old.map\na()\n//# sourceMappingURL=new.map', ['new.map']],
    ['(function () { var a = /["\']/.test(b) })()', []],
    ['', []],
  ])('%s', async (text, expected) => {
    expect(urls(await jsReferences(text))).toEqual(expected)
  })

  test('whatever is written for it, as it is read again', async () => {
    const statement = fc.constantFrom(
      'import "./x.js";',
      "import x from './x.js';",
      'import(`./x.js`);',
      'new URL("./x.js", import.meta.url);',
      'let ä = "𝒳";',
      '/* é */\n',
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(statement),
        fc.constantFrom('a.png', "../x y/b.css?v=1#'", 'é"\\.js', 'a)b('),
        async (statements, path) => {
          const text = statements.join('')
          const references = await jsReferences(text)
          const replaced = replaceReferences(text, references, () => `./${path}'"`)
          expect(urls(await jsReferences(replaced)).filter((url) => url !== `./${path}'"`)).toEqual([])
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('a reference leads', () => {
  const resolve = (url: string, from = 'css/a.css', staticUrl = '/static/'): string[] | undefined => {
    const resolved = resolveReference(from, url, staticUrl)
    return resolved && [resolved.path, resolved.urlOf(`x/new name's.png`)]
  }
  it.each([
    ['b.png', ['css/b.png', 'new%20name%27s.png']],
    ['../img/b.png?v=1#x', ['img/b.png', '../img/new%20name%27s.png?v=1#x']],
    ['./b%20c.png', ['css/b c.png', './new%20name%27s.png']],
    ['é.png', ['css/é.png', 'new%20name%27s.png']],
    ['/static/b.png', ['b.png', '/static/new%20name%27s.png']],
    ['../../static/b.png', ['b.png', '../../static/new%20name%27s.png']],
    ['b.eot?#iefix', ['css/b.eot', 'new%20name%27s.png?#iefix']],
    ['..\\img\\b.png', ['img/b.png', '..\\img\\new%20name%27s.png']],
    ['100%.png', ['css/100%.png', 'new%20name%27s.png']],
    ['/b.png', undefined],
    ['../../b.png', undefined],
    ['//static.invalid/static/b.png', undefined],
    ['\\\\static.invalid\\static\\b.png', undefined],
    ['https://example.com/static/b.png', undefined],
    ['http:b.png', undefined],
    ['data:image/png;base64,AA==', undefined],
    ['#x', undefined],
    ['?x', undefined],
    ['', undefined],
    ['.', undefined],
    ['../img/', undefined],
  ])('%s', (url, expected) => {
    expect(resolve(url)).toEqual(expected)
  })

  test('to another server where the static URL is there', () => {
    expect(resolve('https://cdn.example.com/s/b.png', 'css/a.css', 'https://cdn.example.com/s/')?.[0]).toBe('b.png')
    expect(resolve('/static/b.png', 'css/a.css', 'https://cdn.example.com/s/')).toBeUndefined()
    expect(resolve('b.png', 'a b/ä?.css', 'https://cdn.example.com/s/')?.[0]).toBe('a b/b.png')
  })
})

test('what others depend on comes first, and circles come together', () => {
  const graph = (edges: Record<string, string>): Map<string, Set<string>> =>
    new Map(Object.entries(edges).map(([node, targets]) => [node, new Set(targets)]))
  expect(dependencyOrder(graph({ a: 'bc', b: 'd', c: 'd', d: '' }))).toEqual([['d'], ['b'], ['c'], ['a']])
  expect(dependencyOrder(graph({ a: 'b', b: 'c', c: 'ad', d: 'e', e: 'd' })).map((circle) => circle.sort())).toEqual([
    ['d', 'e'],
    ['a', 'b', 'c'],
  ])
  const chain = new Map(Array.from({ length: 20_000 }, (_, index) => [`${index}`, new Set([`${index + 1}`])]))
  expect(dependencyOrder(chain.set('20000', new Set())).at(-1)).toEqual(['0'])
})

test('names get their hash before their extension', () => {
  const names = ['a.css', 'a', 'x.y/a', 'a.tar.gz', '.well-known/x', 'x/.htaccess'].map((path) =>
    hashedName(path, '0f'),
  )
  expect(names).toEqual(['a.0f.css', 'a.0f', 'x.y/a.0f', 'a.tar.0f.gz', '.well-known/x.0f', 'x/.htaccess.0f'])
})

test.each([
  ['*.psd', 'art/logo.psd', true],
  ['*.psd', 'art/logo.psd.png', false],
  ['art', 'art/deep/logo.png', true],
  ['art/*', 'art/deep/logo.png', true],
  ['ar?', 'art/logo.png', true],
  ['[ab].png', 'x/b.png', true],
  ['[!ab].png', 'x/b.png', false],
  ['a+b(c).png', 'a+b(c).png', true],
  ['a.png', 'aXpng', false],
])('the pattern %s leaves out %s: %j', (pattern, path, expected) => {
  expect(ignoring([pattern])(path)).toBe(expected)
})

test('lines are counted as editors do', () => {
  expect(['', 'a\nb', 'a\r\nb', 'a\rb'].map((text) => lineAt(text, text.length))).toEqual([1, 2, 2, 2])
})
