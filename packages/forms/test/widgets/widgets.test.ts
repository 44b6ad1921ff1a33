import { withTimeZone } from '@nuages/i18n'
import { createNunjucksEngine } from '@nuages/templates'
import { expect, test } from 'vitest'
import { valueSource } from '../../src/forms/value-source.ts'
import {
  CheckboxInput,
  CheckboxSelectMultiple,
  ClearableFileInput,
  ColorInput,
  DateInput,
  DateTimeInput,
  EmailInput,
  FileInput,
  fileContradiction,
  HiddenInput,
  MultipleHiddenInput,
  NullBooleanSelect,
  NumberInput,
  PasswordInput,
  RadioSelect,
  SearchInput,
  Select,
  SelectDateWidget,
  SelectMultiple,
  SplitDateTimeWidget,
  SplitHiddenDateTimeWidget,
  TelInput,
  Textarea,
  TextInput,
  TimeInput,
  URLInput,
  type Widget,
} from '../../src/index.ts'

const engine = createNunjucksEngine({ debug: true })
const shown = async (widget: Widget, value: unknown, attrs = {}): Promise<string> =>
  (await engine.renderValue(widget.render('x', value, attrs))).toString().replace(/>\s+</g, '><')

const moment = Temporal.Instant.from('2026-07-31T12:30:00Z')
const withChoices = <W extends Select | RadioSelect | CheckboxSelectMultiple>(widget: W): W =>
  Object.assign(widget, {
    choices: [
      ['a', 'A'],
      [
        'More',
        [
          ['b', 'B'],
          [3, 'C'],
        ],
      ],
    ],
  })

test.each<[Widget, unknown, string]>([
  [new TextInput(), 'a"b', '<input type="text" name="x" value="a&quot;b">'],
  [
    new TextInput({ class: 'wide', autofocus: true, hidden: false, title: null }),
    null,
    '<input type="text" name="x" class="wide" autofocus>',
  ],
  [new TextInput(), 0, '<input type="text" name="x" value="0">'],
  [new NumberInput({ min: 0 }), 5, '<input type="number" name="x" value="5" min="0">'],
  [new EmailInput(), 'a@b', '<input type="email" name="x" value="a@b">'],
  [new URLInput(), undefined, '<input type="url" name="x">'],
  [new SearchInput(), '', '<input type="search" name="x">'],
  [new TelInput(), '1', '<input type="tel" name="x" value="1">'],
  [new ColorInput(), '#ff0000', '<input type="color" name="x" value="#ff0000">'],
  [new HiddenInput(), false, '<input type="hidden" name="x" value="false">'],
  [new PasswordInput(), 'secret', '<input type="password" name="x">'],
  [new PasswordInput({}, { renderValue: true }), 'secret', '<input type="password" name="x" value="secret">'],
  [new DateInput(), Temporal.PlainDate.from('2026-07-31'), '<input type="date" name="x" value="2026-07-31">'],
  [new DateInput(), moment, '<input type="date" name="x" value="2026-07-31">'],
  [new TimeInput(), Temporal.PlainTime.from('14:30'), '<input type="time" name="x" value="14:30">'],
  [new TimeInput(), Temporal.PlainTime.from('14:30:15'), '<input type="time" name="x" value="14:30:15">'],
  [new DateTimeInput(), moment, '<input type="datetime-local" name="x" value="2026-07-31T12:30">'],
  [new Textarea(), '<b>\n\n', '<textarea name="x" cols="40" rows="10">\n&lt;b&gt;\n\n</textarea>'],
  [new Textarea({ rows: 3 }), null, '<textarea name="x" cols="40" rows="3"></textarea>'],
  [new CheckboxInput(), true, '<input type="checkbox" name="x" checked>'],
  [new CheckboxInput(), false, '<input type="checkbox" name="x">'],
  [new CheckboxInput(), 'yes', '<input type="checkbox" name="x" value="yes" checked>'],
  [
    new NullBooleanSelect(),
    true,
    '<select name="x"><option value="unknown">Unknown</option><option value="true" selected>Yes</option><option value="false">No</option></select>',
  ],
  [
    withChoices(new Select()),
    'b',
    '<select name="x"><option value="a">A</option><optgroup label="More"><option value="b" selected>B</option><option value="3">C</option></optgroup></select>',
  ],
  [
    withChoices(new SelectMultiple()),
    ['a', 3],
    '<select name="x" multiple><option value="a" selected>A</option><optgroup label="More"><option value="b">B</option><option value="3" selected>C</option></optgroup></select>',
  ],
  [
    new MultipleHiddenInput(),
    ['a', 'b'],
    '<input type="hidden" name="x" value="a"><input type="hidden" name="x" value="b">',
  ],
  [new FileInput(), 'a.txt', '<input type="file" name="x">'],
  [
    new SplitHiddenDateTimeWidget(),
    moment,
    '<div class="parts"><input type="hidden" name="x_0" value="2026-07-31"><input type="hidden" name="x_1" value="12:30"></div>',
  ],
])('case %#', async (widget, value, expected) => {
  expect(await shown(widget, value)).toBe(expected)
})

test('a moment is shown in the active time zone', async () => {
  await withTimeZone('Asia/Kolkata', async () => {
    expect(await shown(new DateTimeInput(), moment)).toContain('value="2026-07-31T18:00"')
    expect(await shown(new SplitDateTimeWidget({ id: 'id_x' }), moment)).toBe(
      '<div class="parts" id="id_x"><input type="date" name="x_0" value="2026-07-31" aria-label="Date" id="id_x_0">' +
        '<input type="time" name="x_1" value="18:00" aria-label="Time" id="id_x_1"></div>',
    )
  })
})

test('groups of radio buttons have a name', async () => {
  const html = await shown(withChoices(new RadioSelect()), 3, { id: 'id_x' })
  expect(html).toContain('<input type="radio" name="x" value="a" id="id_x_0"> A')
  expect(html).toContain('role="group" aria-label="More"')
  expect(html).toContain('<input type="radio" name="x" value="3" id="id_x_2" checked> C')
  expect(await shown(withChoices(new CheckboxSelectMultiple()), ['a', 'b'])).toMatch(
    /type="checkbox" name="x" value="a" checked.*value="b" checked.*value="3">/s,
  )
})

test('a date in three selects keeps what it shows', async () => {
  const widget = new SelectDateWidget({}, { years: [2026, 2027] })
  const html = await shown(widget, Temporal.PlainDate.from('1999-07-01'), { id: 'id_x' })
  expect(html).toContain('<select name="x_month" id="id_x_month" aria-label="Month">')
  expect(html).toContain('<option value="7" selected>July</option>')
  expect(html).toContain('<option value="1" selected>1</option>')
  expect(html).toContain('<option value="1999" selected>1999</option>')
  expect(await shown(widget, '2024-02-30')).toContain('<option value="30" selected>30</option>')
  expect(await shown(widget, null)).toContain('<option value="" selected>---</option>')
})

const from = (widget: Widget, data: object, files: object = {}): unknown =>
  widget.valueFromData(valueSource(data as never), valueSource(files as never), 'x')
const omitted = (widget: Widget, data: object, files: object = {}): boolean =>
  widget.valueOmittedFromData(valueSource(data as never), valueSource(files as never), 'x')

test.each<[Widget, object, unknown]>([
  [new TextInput(), { x: ['first', 'last'] }, 'last'],
  [new TextInput(), {}, undefined],
  [new CheckboxInput(), {}, false],
  [new CheckboxInput(), { x: 'on' }, true],
  [new CheckboxInput(), { x: '' }, false],
  [new CheckboxInput(), { x: 'False' }, false],
  [new CheckboxInput(), { x: 'false' }, false],
  [new NullBooleanSelect(), { x: 'unknown' }, null],
  [new NullBooleanSelect(), { x: 'true' }, true],
  [new NullBooleanSelect(), { x: '3' }, false],
  [new NullBooleanSelect(), {}, null],
  [new SelectMultiple(), { x: ['a', 'b'] }, ['a', 'b']],
  [new SelectMultiple(), { x: 'a' }, ['a']],
  [new SelectMultiple(), {}, []],
  [new CheckboxSelectMultiple(), {}, []],
  [new MultipleHiddenInput(), { x: ['a'] }, ['a']],
  [new SplitDateTimeWidget(), { x_0: '2026-07-31', x_1: '14:30' }, ['2026-07-31', '14:30']],
  [new SplitDateTimeWidget(), {}, [undefined, undefined]],
  [new SelectDateWidget(), { x_year: '2026', x_month: '7', x_day: '1' }, '2026-07-01'],
  [new SelectDateWidget(), { x_year: '2026', x_month: '', x_day: '1' }, '2026-00-01'],
  [new SelectDateWidget(), {}, ''],
  [new SelectDateWidget(), { x: '2026-07-01' }, '2026-07-01'],
])('what was sent, case %#', (widget, data, expected) => {
  expect(from(widget, data)).toEqual(expected)
})

test('what a browser leaves out is not omitted', () => {
  expect(omitted(new TextInput(), {})).toBe(true)
  expect(omitted(new TextInput(), { x: '' })).toBe(false)
  expect(omitted(new CheckboxInput(), {})).toBe(false)
  expect(omitted(new SelectMultiple(), {})).toBe(false)
  expect(omitted(new CheckboxSelectMultiple(), {})).toBe(false)
  expect(omitted(new SplitDateTimeWidget(), {})).toBe(true)
  expect(omitted(new SplitDateTimeWidget(), { x_1: '' })).toBe(false)
  expect(omitted(new SelectDateWidget(), {})).toBe(true)
  expect(omitted(new FileInput(), { x: 'a' })).toBe(true)
  expect(omitted(new FileInput(), {}, { x: {} })).toBe(false)
  expect(omitted(new ClearableFileInput(), { 'x-clear': 'on' })).toBe(false)
})

const stored = { name: 'covers/<a>.gif', url: '/media/covers/%3Ca%3E.gif' }

test('a file that is there is shown, and may be cleared where it is not needed', async () => {
  const html = await shown(new ClearableFileInput(), stored, { id: 'id_x' })
  expect(html).toContain('<a href="/media/covers/%3Ca%3E.gif">covers/&lt;a&gt;.gif</a>')
  expect(html).toContain('<label for="id_x-clear"><input type="checkbox" name="x-clear" id="id_x-clear"> Clear</label>')
  expect(html).toContain('<input type="file" name="x" id="id_x">')
  const unsaved = {
    name: 'a.gif',
    isStored: false,
    get url(): string {
      throw new Error('not stored')
    },
  }
  expect(await shown(new ClearableFileInput(), unsaved)).toBe('<input type="file" name="x">')
  const required = new ClearableFileInput()
  required.isRequired = true
  expect(await shown(required, stored)).not.toContain('x-clear')
  expect(await shown(new ClearableFileInput(), null)).toBe('<input type="file" name="x">')
})

test('a file may be sent, cleared, or by contradiction both', () => {
  const upload = { name: 'a' }
  const widget = new ClearableFileInput()
  expect(from(widget, {}, { x: upload })).toBe(upload)
  expect(from(widget, { 'x-clear': 'on' })).toBe(false)
  expect(from(widget, { 'x-clear': 'on' }, { x: upload })).toBe(fileContradiction)
  expect(from(widget, {})).toBe(undefined)
  widget.isRequired = true
  expect(from(widget, { 'x-clear': 'on' })).toBe(undefined)
})

test('the attribute required is given where it says the right thing', () => {
  const choices = (widget: Select, list: readonly unknown[]) => Object.assign(widget, { choices: list })
  expect(new TextInput().useRequiredAttribute(null)).toBe(true)
  expect(new HiddenInput().useRequiredAttribute(null)).toBe(false)
  expect(new CheckboxSelectMultiple().useRequiredAttribute()).toBe(false)
  expect(new FileInput().useRequiredAttribute(stored)).toBe(false)
  expect(choices(new Select(), [['a', 'A']]).useRequiredAttribute(null)).toBe(false)
  expect(
    choices(new Select(), [
      ['', '---'],
      ['a', 'A'],
    ]).useRequiredAttribute(null),
  ).toBe(true)
  expect(choices(new Select(), [['G', [['', 'x']]]]).useRequiredAttribute(null)).toBe(false)
  expect(choices(new Select(), []).useRequiredAttribute(null)).toBe(false)
  expect(new SelectMultiple().useRequiredAttribute(null)).toBe(true)
})

test('copies share nothing', () => {
  const widget = new SplitDateTimeWidget({ class: 'a' })
  const copy = widget.copy()
  copy.attrs = { class: 'b' }
  copy.widgets[0]!.attrs = { class: 'c' }
  expect(widget.attrs).toEqual({ class: 'a' })
  expect(widget.widgets[0]!.attrs).toEqual({ 'aria-label': 'Date' })
  expect(copy).toBeInstanceOf(SplitDateTimeWidget)
})
