import { withTimeZone } from '@nuages/i18n'
import { Decimal } from '@nuages/orm'
import { createNunjucksEngine } from '@nuages/templates'
import { expectAccessible, launchBrowser, withoutBrowser } from '@nuages/test-browser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  boolean,
  CheckboxSelectMultiple,
  ColorInput,
  char,
  choice,
  date,
  dateTime,
  decimal,
  duration,
  email,
  Form,
  file,
  float,
  HiddenInput,
  integer,
  MultipleHiddenInput,
  multipleChoice,
  nullBoolean,
  PasswordInput,
  RadioSelect,
  SearchInput,
  SelectDateWidget,
  slug,
  splitDateTime,
  TelInput,
  text,
  time,
  url,
} from '../../src/index.ts'

const engine = createNunjucksEngine({ debug: true })

const sizes = [
  ['s', 'Small'],
  [
    'More',
    [
      ['m', 'Medium'],
      ['l', 'Large'],
    ],
  ],
] as const

class EveryForm extends Form({
  char: char({ helpText: 'A name.', maxLength: 30 }),
  text: text(),
  email: email(),
  url: url(),
  slug: slug(),
  search: char({ widget: SearchInput }),
  tel: char({ widget: TelInput }),
  color: char({ widget: ColorInput }),
  password: char({ widget: PasswordInput, required: false }),
  hidden: char({ widget: HiddenInput }),
  integer: integer({ minValue: 1, stepSize: 2 }),
  float: float(),
  decimal: decimal({ maxDigits: 8, decimalPlaces: 2 }),
  thousands: integer({ localize: true }),
  boolean: boolean({ required: false }),
  nullBoolean: nullBoolean(),
  date: date(),
  dateParts: date({ widget: SelectDateWidget }),
  time: time(),
  dateTime: dateTime(),
  split: splitDateTime({ helpText: 'In your time.' }),
  duration: duration(),
  choice: choice({ choices: sizes }),
  radio: choice({ choices: sizes, widget: RadioSelect, helpText: 'One of them.' }),
  multiple: multipleChoice({ choices: sizes }),
  boxes: multipleChoice({ choices: sizes, widget: CheckboxSelectMultiple }),
  hiddenMultiple: multipleChoice({ choices: sizes, widget: MultipleHiddenInput }),
  file: file({ required: false }),
}) {}

const moment = Temporal.Instant.from('2026-07-31T12:34:56.789123Z')
const values = {
  char: `O'Neil & <b>"x"</b>`,
  text: '\n\n  one\n<two>\n',
  email: 'ann@example.com',
  url: 'https://example.com/?a=1&b=2',
  slug: 'a-b',
  search: 'fog',
  tel: '+49 30 1',
  color: '#ff8800',
  password: '',
  hidden: 'h',
  integer: 7,
  float: 0.1,
  decimal: new Decimal('1234.5'),
  thousands: 1_234_567,
  boolean: true,
  nullBoolean: false,
  date: Temporal.PlainDate.from('0999-02-28'),
  dateParts: Temporal.PlainDate.from('1999-12-31'),
  time: Temporal.PlainTime.from('23:59:59.5'),
  dateTime: moment,
  split: moment,
  duration: Temporal.Duration.from({ days: 1, hours: 2 }),
  choice: 'm',
  radio: 'l',
  multiple: ['s', 'l'],
  boxes: ['m'],
  hiddenMultiple: ['s', 'm'],
  file: null,
}

const page = (form: string): string => `<!doctype html><html lang="en"><title>Every widget</title>
  <main><h1>Every widget</h1><form method="post" enctype="multipart/form-data">${form}<button>Save</button></form></main></html>`

describe.skipIf(withoutBrowser)('in a browser (needs /usr/bin/chromium)', () => {
  let browser: Browser
  let tab: Page
  beforeAll(async () => {
    browser = await launchBrowser()
    tab = await browser.newPage()
  })
  afterAll(() => browser.close())

  const show = async (form: EveryForm): Promise<void> =>
    tab.setContent(page(await engine.renderString('{{ form.errorSummary() }}{{ form }}', { form })))
  const sent = (): Promise<Record<string, string[]>> =>
    tab.evaluate(`(() => {
      const data = {}
      for (const [name, value] of new FormData(document.querySelector('form'))) {
        if (typeof value === 'string') (data[name] ??= []).push(value)
      }
      return data
    })()`)
  const invalid = (): Promise<string[]> =>
    tab.evaluate(`[...document.querySelectorAll(':invalid:not(form, fieldset)')].map((e) => e.name)`)

  test('every widget shows its value, and sends it back as it was', async () => {
    await withTimeZone('Europe/Berlin', async () => {
      await show(new EveryForm({ initial: values }))
      expect(await invalid()).toEqual([])
      const form = new EveryForm({ data: await sent(), initial: values })
      await form.isValid()
      expect(form.errors.toJSON()).toEqual({})
      expect(form.cleanedData).toEqual({ ...values, text: 'one\n<two>' })
      expect(await form.changedData).toEqual([])
    })
  })

  test('an empty form is found wanting by the browser as by the server', async () => {
    await show(new EveryForm({ initial: {} }))
    const byBrowser = new Set((await invalid()).map((name) => name.replace(/_(?:\d|month|day|year)$/, '')))
    const form = new EveryForm({ data: await sent() })
    await form.isValid()
    // What HTML has no way to ask for: a box of several, a hidden value; a colour always has one, a select its first choice.
    const byServer = new Set(form.errors.keys()).difference(new Set(['boxes', 'hidden', 'hiddenMultiple']))
    expect(byBrowser).toEqual(byServer)
  })

  test('axe finds nothing, whether the form is empty, filled or wrong', async () => {
    const wrong = new EveryForm({ data: { email: 'x', date: '2024-02-30', radio: 'xxl' } })
    await wrong.isValid()
    wrong.addError(null, 'Not today.')
    for (const form of [new EveryForm(), new EveryForm({ initial: values }), wrong]) {
      await show(form)
      await expectAccessible(tab)
    }
  })
})
