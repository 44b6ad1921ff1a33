import { join } from 'node:path'
import { type Pending, pending } from '@nuages/foundation'
import { configureTranslations, gettextLazy, withLanguage } from '@nuages/i18n'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createNunjucksEngine, markSafe, type TemplateContext } from '../src/index.ts'

const engine = createNunjucksEngine({ debug: true })
const english = (source: string, context?: TemplateContext) => engine.renderString(source, context)
const korean = (source: string, context?: TemplateContext) =>
  withLanguage('ko', () => engine.renderString(source, context))

beforeAll(() =>
  configureTranslations({
    languageCode: 'en',
    localeDirs: [join(import.meta.dirname, 'locale')],
    languages: ['en', 'ko'],
  }),
)
afterAll(() => configureTranslations({ languageCode: 'en' }))

describe('{% trans %}', () => {
  test('translates a text, which is escaped as any other', async () => {
    expect(await english('{% trans "Save & close" %}')).toBe('Save &amp; close')
    expect(await korean(`{% trans 'Save & close' %}|{% translate "Save & close" %}`)).toBe(
      '저장 &amp; 닫기|저장 &amp; 닫기',
    )
    expect(await korean('{% trans "Save & close" noop %}')).toBe('Save &amp; close')
    expect(await korean('{% autoescape off %}{% trans "Save & close" %}{% endautoescape %}')).toBe('저장 & 닫기')
  })

  test('takes values, a context, a variable and what is not written in the template', async () => {
    const context = {
      user: { name: '<Ada>' },
      safe: markSafe('<i>Ada</i>'),
      lazy: gettextLazy('Save & close'),
      key: 'May',
    }
    expect(await korean('{% trans "Hello {name}" name=user.name %}', context)).toBe('&lt;Ada&gt;님, 안녕하세요')
    expect(await korean('{% trans "Hello {name}" name=safe %}', context)).toBe('<i>Ada</i>님, 안녕하세요')
    expect(await korean('{% trans key context "month" %} {% trans key %}', context)).toBe('오월 May')
    expect(await korean('{% trans "Save & close" as text %}{{ text | length }} {{ text }}')).toBe('7 저장 &amp; 닫기')
    expect(await korean('{{ lazy }}', context)).toBe('저장 &amp; 닫기')
    expect(await english('{% trans "On {day}" day=day %}', { day: new Temporal.PlainDate(2026, 11, 5) })).toBe(
      'On Nov. 5, 2026',
    )
  })

  test.each([
    ['{% trans "a" b %}', "'b' is neither a value (b=…) nor one of context, as, noop"],
    ['{% trans "a" a=1 a=2 %}', "'a' is given twice"],
    ['{% trans "a" "b" %}', "'b' does not belong here"],
    ['{% trans "a" as %}', "a name has to follow 'as'"],
  ])('%s is an error', async (source, message) => {
    await expect(english(source)).rejects.toThrow(message)
  })
})

describe('{% blocktrans %}', () => {
  const files =
    '{% blocktrans with name=user.name count n=files | length %}<b>{{ name }}</b> has {{ n }} file.' +
    '{% plural %}<b>{{ name }}</b> has {{ n }} files.{% endblocktrans %}'

  test('translates HTML, in which what is printed is escaped', async () => {
    const context = { user: { name: '<Ada>' }, files: ['a', 'b'] }
    expect(await english(files, context)).toBe('<b>&lt;Ada&gt;</b> has 2 files.')
    expect(await english(files, { ...context, files: ['a'] })).toBe('<b>&lt;Ada&gt;</b> has 1 file.')
    expect(await korean(files, context)).toBe('<b>&lt;Ada&gt;</b>님의 파일은 2개입니다.')
    expect(await korean(files, { ...context, user: { name: '{n}$&' } })).toBe('<b>{n}$&amp;</b>님의 파일은 2개입니다.')
    const off = `{% autoescape off %}${files}{% endautoescape %}`
    expect(await english(off, context)).toBe('<b><Ada></b> has 2 files.')
  })

  test('takes a context, white space away, and keeps its text in a variable', async () => {
    const disk =
      '{% blocktranslate context "disk" count n=3 %}{{ n }} file{% plural %}{{ n }} files{% endblocktranslate %}'
    expect(await korean(disk)).toBe('파일 3개')
    const lines = '{% blocktrans trimmed asvar text %}\n  One line\n  and another.\n{% endblocktrans %}[{{ text }}]'
    expect(await korean(lines)).toBe('[한 줄과 다른 줄.]')
    expect(await english(lines)).toBe('[One line and another.]')
  })

  test('prints as the page does: dates, lists in loops, undefined names', async () => {
    const source = '{% for day in days %}{% blocktrans %}On {{ day }}. {% endblocktrans %}{% endfor %}'
    expect(await english(source, { days: [new Temporal.PlainDate(2026, 11, 5)] })).toBe('On Nov. 5, 2026. ')
    expect(await korean(source, { days: [new Temporal.PlainDate(2026, 11, 5)] })).toBe('On 2026년 11월 5일. ')
    await expect(english('{% blocktrans %}{{ nobody }}{% endblocktrans %}')).rejects.toThrow("'nobody' is undefined")
  })

  test.each([
    ['{% blocktrans %}{{ user.name }}{% endblocktrans %}', 'only names can be printed inside'],
    ['{% blocktrans %}{% if a %}{% endif %}{% endblocktrans %}', 'there can be no other tag inside'],
    ['{% blocktrans %}a{% plural %}b{% endblocktrans %}', "'plural' needs a number"],
    ['{% blocktrans count n=1 %}a{% endblocktrans %}', "'count' needs a {% plural %}"],
    ['{% blocktrans count %}a{% plural %}b{% endblocktrans %}', "'count' takes a name and a number"],
    ['{% blocktrans asvar %}a{% endblocktrans %}', "a name has to follow 'asvar'"],
    ['{% blocktrans %}a', 'there is no {% endblocktrans %}'],
    ['{% endblocktrans %}', "'endblocktrans' does not belong here"],
  ])('%s is an error', async (source, message) => {
    await expect(english(source)).rejects.toThrow(message)
  })
})

test('what has to be loaded first is', async () => {
  const loads = (name: string): Pending => {
    let isLoaded = false
    const load = async () => {
      isLoaded = true
    }
    return { [pending]: () => (isLoaded ? { ready: true, value: { name } } : { ready: false, load }) }
  }
  const source =
    '{% blocktrans with name=author.name %}Hello {{ name }}{% endblocktrans %}, {% trans "Hello {name}" name=other.name %}'
  const context = { author: loads('<Ada>'), other: loads('<Bob>') }
  expect(await korean(source, context)).toBe('&lt;Ada&gt;님, 안녕하세요, &lt;Bob&gt;님, 안녕하세요')
})

test('functions of every template', async () => {
  expect(await korean("{{ _('Save & close') }} {{ _('Hello {name}', name='<Ada>') }}")).toBe(
    '저장 &amp; 닫기 &lt;Ada&gt;님, 안녕하세요',
  )
  expect(await korean("{{ pgettext('month', 'May') }} {{ getLanguage() }}")).toBe('오월 ko')
  expect(await english("{{ ngettext('{count} file of {who}', '{count} files of {who}', 2, who='Ada') }}")).toBe(
    '2 files of Ada',
  )
  expect(await korean('{{ true | yesno }} {{ 2048 | filesizeformat }} {{ 3 | filesizeformat }}')).toBe(
    '예 2.0\u00a0KB 3바이트',
  )
})
