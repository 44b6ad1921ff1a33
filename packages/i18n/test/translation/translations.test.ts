import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  availableLanguages,
  configureTranslations,
  formatDate,
  formatDefault,
  getLanguage,
  gettext,
  gettextLazy,
  languageInfo,
  loadTranslations,
  ngettext,
  ngettextLazy,
  pgettext,
  pgettextLazy,
  sourceOf,
  textOf,
  timeSince,
  withLanguage,
} from '../../src/index.ts'

const folder = (name: string) => join(import.meta.dirname, name)
const localeDirs = [folder('locale'), folder('app-locale')]

beforeEach(() => configureTranslations({ languageCode: 'en', languages: ['en', 'ko', 'pl'], localeDirs }))
afterEach(() => configureTranslations({ languageCode: 'en' }))

describe('messages', () => {
  test('are looked for in the active language, the first folder first', () => {
    expect(gettext('Save')).toBe('Save')
    withLanguage('ko', () => {
      expect(gettext('Save')).toBe('저장')
      expect(gettext('Close')).toBe('닫기')
      expect(gettext('Hello {name}', { name: '{name}' })).toBe('{name}님, 안녕하세요')
      expect([gettext('May'), pgettext('month', 'May')]).toEqual(['May', '오월'])
      expect(ngettext('{count} file', '{count} files', 3)).toBe('파일 3개')
      expect(ngettext('{count} year', '{count} years', 3)).toBe('3년')
    })
  })

  test('without a translation, with a fuzzy one, or obsolete, are as they are written', () => {
    withLanguage('ko', () => {
      for (const message of ['Untranslated', 'Unsure', 'Obsolete', '']) expect(gettext(message)).toBe(message)
      expect(ngettext('{count} dog', '{count} dogs', 1)).toBe('1 dog')
    })
  })

  test('of a region come before those of the language, in any case of its letters', () => {
    expect(withLanguage('ko-KR', () => [gettext('Save'), gettext('Close')])).toEqual(['저장(대한민국)', '닫기'])
    expect(withLanguage('KO-kr', () => gettext('Save'))).toBe('저장(대한민국)')
    expect(withLanguage('ko-KP', () => gettext('Save'))).toBe('저장')
  })

  test('fall back to the language of the project, but not from English', () => {
    configureTranslations({ languageCode: 'ko', languages: ['en', 'ko', 'pl'], localeDirs })
    expect([getLanguage(), gettext('Save')]).toEqual(['ko', '저장'])
    expect(withLanguage('pl', () => [gettext('Save'), ngettext('{count} file', '{count} files', 5)])).toEqual([
      '저장',
      '5 plików',
    ])
    expect(withLanguage('en-GB', () => gettext('Save'))).toBe('Save')
  })

  test('choose their form by the rule of their own catalogue', () => {
    const forms = withLanguage('pl', () =>
      [0, 1, 2, 5, 12, 22, 25n, -1].map((count) => ngettext('{count} file', '{count} files', count)),
    )
    expect(forms).toEqual([
      '0 plików',
      '1 plik',
      '2 pliki',
      '5 plików',
      '12 plików',
      '22 pliki',
      '25 plików',
      '-1 plik',
    ])
  })

  test('of a language that nobody has are as they are written', () => {
    for (const tag of ['de', 'x', '../ko', 'ko/../ko', '', '__proto__']) {
      expect(withLanguage(tag, () => gettext('Save'))).toBe('Save')
    }
  })

  test('of a catalogue that cannot be read are an error that names the file', () => {
    configureTranslations({ languageCode: 'en', languages: ['en', 'fr'], localeDirs: [folder('broken-locale')] })
    expect(gettext('Save')).toBe('Save')
    expect(() => withLanguage('fr', () => gettext('Save'))).toThrow(/broken-locale\/fr\/LC_MESSAGES\/messages\.po/)
    expect(loadTranslations).toThrow(/no expression of n and numbers/)
  })
})

test('two languages at once do not mix', async () => {
  const seen = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      withLanguage(index % 2 === 0 ? 'ko' : 'en', async () => {
        await new Promise((resolve) => setImmediate(resolve))
        return gettext('Save')
      }),
    ),
  )
  expect(seen).toEqual(Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? '저장' : 'Save')))
})

test('lazy texts are translated when they are used', () => {
  const [save, hello] = [gettextLazy('Save'), gettextLazy('Hello {name}', { name: 'Ada' })]
  const [may, files] = [pgettextLazy('month', 'May'), ngettextLazy('{count} file', '{count} files', 2)]
  expect([`${save}`, textOf(hello), String(may), String(files)]).toEqual(['Save', 'Hello Ada', 'May', '2 files'])
  withLanguage('ko', () => {
    expect([`${save}`, textOf(hello), String(may)]).toEqual(['저장', 'Ada님, 안녕하세요', '오월'])
    expect([String(files), JSON.stringify({ save }), sourceOf(save)]).toEqual(['파일 2개', '{"save":"저장"}', 'Save'])
    expect([textOf('Save'), sourceOf('Save')]).toEqual(['Save', 'Save'])
  })
})

describe('in Korean', () => {
  const moment = new Temporal.PlainDateTime(2026, 11, 5, 16, 30)

  test('dates and times have the Korean formats and names', () => {
    withLanguage('ko', () => {
      expect(formatDefault(moment)).toBe('2026년 11월 5일 오후 4:30')
      expect(formatDefault(moment.toPlainDate())).toBe('2026년 11월 5일')
      expect(formatDefault(moment.toPlainTime())).toBe('오후 4:30')
      expect(formatDate(moment, 'l D F M N E b')).toBe('목요일 목 11월 11월 11월 11월 11월')
      expect(formatDate(moment, 'P a A')).toBe('오후 4:30 오후 오후')
      expect(formatDate(new Temporal.PlainTime(0), 'P')).toBe('자정')
      expect(formatDate(new Temporal.PlainTime(12), 'P')).toBe('정오')
    })
    expect(formatDefault(moment)).toBe('Nov. 5, 2026, 4:30 p.m.')
  })

  test('what is for machines stays English', () => {
    expect(withLanguage('ko', () => formatDate(moment, 'r'))).toBe('Thu, 5 Nov 2026 16:30:00 -0000')
  })

  test('spans are counted', () => {
    const since = withLanguage('ko', () => timeSince(moment, moment.add({ days: 4, hours: 6 })))
    expect(since).toBe('4일 6시간')
  })
})

test('what is known of languages', () => {
  expect(languageInfo('ko')).toEqual({ code: 'ko', name: 'Korean', nameLocal: '한국어', bidi: false })
  expect(languageInfo('ar').bidi).toBe(true)
  expect(availableLanguages()).toEqual(['en', 'ko', 'pl'])
  configureTranslations({ languageCode: 'ko' })
  expect(availableLanguages()).toEqual(['ko'])
})
