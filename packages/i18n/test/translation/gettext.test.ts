import { expect, test } from 'vitest'
import { getLanguage, gettext, ngettext, npgettext, pgettext, withLanguage } from '../../src/index.ts'

test('without a catalogue a message is its own translation', () => {
  expect(gettext('Save')).toBe('Save')
  expect(pgettext('month', 'May')).toBe('May')
  expect(ngettext('{count} file', '{count} files', 1)).toBe('1 file')
  expect(ngettext('{count} file', '{count} files', 0)).toBe('0 files')
  expect(ngettext('{count} file', '{count} files', 2n)).toBe('2 files')
  expect(npgettext('disk', '{count} file of {name}', '{count} files of {name}', 3, { name: 'Ada' })).toBe(
    '3 files of Ada',
  )
})

test('names in braces are replaced once, and others stay', () => {
  expect(gettext('Hello {name}, {other}', { name: '{other}', other: 1 })).toBe('Hello {other}, 1')
  const message: string = 'Hello {name} {constructor} {} { name }'
  expect(gettext(message, { name: '$&' })).toBe('Hello $& {constructor} {} { name }')
  expect(gettext('Hello {name}')).toBe('Hello {name}')
})

test('a language is active in what it runs, and in what that starts', async () => {
  expect(getLanguage()).toBe('en')
  const late = withLanguage('ko', async () => {
    const before = getLanguage()
    await new Promise((resolve) => setImmediate(resolve))
    return [before, withLanguage('fr', getLanguage), getLanguage()]
  })
  expect(getLanguage()).toBe('en')
  expect(await late).toEqual(['ko', 'fr', 'ko'])
})
