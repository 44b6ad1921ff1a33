import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SuspiciousFileName, validFileName } from '../../src/index.ts'
import { candidateNames } from '../../src/names/candidate-names.ts'
import { fileUrl } from '../../src/names/file-url.ts'
import { partsOfName } from '../../src/names/stored-name.ts'

const first = (name: string, maxLength?: number): string => candidateNames(name, maxLength).next().value
const second = (name: string, maxLength?: number): string => {
  const names = candidateNames(name, maxLength)
  names.next()
  return names.next().value
}

describe('the name of a file', () => {
  test.for([
    ['dune.png', 'dune.png'],
    ['my holiday  photo.JPG', 'my_holiday_photo.JPG'],
    ["^&'@{}[],$=!-#()%+~_123.txt", '-_123.txt'],
    ['Ärger über ß.pdf', 'Ärger_über_ß.pdf'],
    ['e\u0301.png', 'é.png'],
    ['हिन्दी.txt', 'हिन्दी.txt'],
    ['💥.png', 'file.png'],
    ['💥.tar.gz', 'file.tar.gz'],
    ['💥', 'file'],
    ['$$$', 'file'],
    ['', 'file'],
    [' .. ', 'file'],
    ['.htaccess', 'htaccess'],
    ['...', 'file'],
    ['name. ', 'name'],
    ['a\u202egnp.exe', 'agnp.exe'],
    ['a\0b.png', 'ab.png'],
    ['\ud800.png', 'file.png'],
    ['CON', '_CON'],
    ['con.tar.gz', '_con.tar.gz'],
    ['com1.txt', '_com1.txt'],
    ['console.txt', 'console.txt'],
    ['../../etc/passwd', 'etcpasswd'],
    ['..\\..\\boot.ini', 'boot.ini'],
    ['<script>.svg', 'script.svg'],
  ])('%j is made %j', ([given, valid]) => {
    expect(validFileName(given!)).toBe(valid)
  })

  test('whatever it was, it is one that every file system takes, and stays what it is', () => {
    const anything = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.string())
    fc.assert(
      fc.property(anything, (name) => {
        const valid = validFileName(name)
        expect(valid).toMatch(/^[^./\\:*?"<>|\s](?:.*[^./\\\s])?$/u)
        expect(validFileName(valid)).toBe(valid)
        expect(valid.normalize('NFC')).toBe(valid)
      }),
    )
  })
})

describe('the names to try', () => {
  test('are the own one, then others with a suffix before the extension', () => {
    expect(first('covers/dune.png')).toBe('covers/dune.png')
    expect(second('covers/dune.png')).toMatch(/^covers\/dune_[A-Za-z0-9]{7}\.png$/)
    expect(second('dump.tar.gz')).toMatch(/^dump_\w{7}\.tar\.gz$/)
    expect(second('my.holiday.jpg')).toMatch(/^my\.holiday_\w{7}\.jpg$/)
    expect(second('README')).toMatch(/^README_\w{7}$/)
  })

  test('are as long as the column and the file system take, their extension kept', () => {
    expect(first(`covers/${'a'.repeat(200)}.png`, 30)).toBe(`covers/${'a'.repeat(19)}.png`)
    expect(second(`covers/${'a'.repeat(200)}.png`, 30)).toMatch(/^covers\/a{11}_\w{7}\.png$/)
    expect(Buffer.byteLength(first(`${'ü'.repeat(300)}.png`))).toBe(254)
    expect(first(`a.${'x'.repeat(400)}`)).toHaveLength(255)
    expect(first('con5.txt', 7)).toBe('co.txt')
    expect(() => first('covers/2026/a.png', 15)).toThrow(
      'There is no name for "covers/2026/a.png" of at most 15 characters.',
    )
  })

  test.for([
    '../a.png',
    '/etc/a.png',
    'a//b.png',
    './a.png',
    'a/../b.png',
    'a\\b/c.png',
    'a\0/c.png',
    'c:/x.png',
    'aux/x.png',
    'a./x.png',
    'a /x.png',
    'x/..',
    'x/',
  ])('are none for %j', (name) => {
    expect(() => first(name)).toThrow(SuspiciousFileName)
  })

  test('fit, whatever the name', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }),
        fc.integer({ min: 30, max: 120 }),
        (name, max) => {
          if (['', '.', '..'].includes(name.trim()) || /[/\\\0]/.test(name)) return
          for (const candidate of [first(name, max), second(name, max)]) {
            expect(candidate.length).toBeLessThanOrEqual(max)
            expect(validFileName(candidate)).toBe(candidate)
          }
        },
      ),
    )
  })
})

test('a stored name is split, and one that leads elsewhere refused', () => {
  expect(partsOfName('a/b c/d:e.png')).toEqual(['a', 'b c', 'd:e.png'])
  for (const name of ['', '/', '/a', 'a/', 'a//b', '.', '..', '../a', 'a/../../b', 'a/./b', 'a\\..\\b', 'a\0']) {
    expect(() => partsOfName(name), name).toThrow(SuspiciousFileName)
  }
  expect(() => partsOfName('a/../b')).toThrow('"a/../b" is no name in a storage, because of "..".')
})

test('a name is escaped in its URL', () => {
  expect(fileUrl('/media/', 'a b/é?#%.png')).toBe('/media/a%20b/%C3%A9%3F%23%25.png')
  expect(() => fileUrl('/media/', '../a')).toThrow(SuspiciousFileName)
})
