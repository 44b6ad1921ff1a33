import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { defineApp, defineSettings, type Settings } from '@nuages/core'
import { readPoFile } from '@nuages/i18n'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { makemessages } from '../../src/commands/makemessages.ts'
import { Project } from '../../src/program/project.ts'

let root = ''

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'nuages-messages-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
})

function write(name: string, text: string): void {
  mkdirSync(dirname(join(root, name)), { recursive: true })
  writeFileSync(join(root, name), text)
}

const read = (name: string) => readFileSync(join(root, name), 'utf8')

async function run(locale: readonly string[], changes: Partial<Settings> = {}): Promise<string> {
  const settings = defineSettings({
    baseDir: root,
    debug: true,
    installedApps: [defineApp({ name: 'blog', dir: join(root, 'blog') })],
    ...changes,
  } as Parameters<typeof defineSettings>[0])
  const project = new Project({ baseDir: root, settings: async () => ({ default: settings }) })
  const lines: string[] = []
  const stdout = { write: (text: string) => lines.push(text) }
  await makemessages.run({ args: {}, options: { locale }, project, stdout, stderr: stdout })
  return lines.join('')
}

test('messages go into the catalogue of their app, and others into that of the project', async () => {
  write('views.ts', "gettext('Hello')\npgettext('month', 'May')")
  write('blog/views.ts', "gettext('Save')\n\ngettext('Save')")
  write(
    'blog/templates/list.html',
    '{% blocktrans count n=x %}{{ n }} post{% plural %}{{ n }} posts{% endblocktrans %}',
  )
  write('blog/test/views.test.ts', "gettext('Not this')")
  write('node_modules/x/index.js', "gettext('Nor this')")
  const told = await run(['ko', 'pt-BR'])
  expect(told.split('\n').filter(Boolean).sort()).toEqual([
    'blog/locale/ko/LC_MESSAGES/messages.po: 2 messages, 2 to translate.',
    'blog/locale/pt_BR/LC_MESSAGES/messages.po: 2 messages, 2 to translate.',
    'locale/ko/LC_MESSAGES/messages.po: 2 messages, 2 to translate.',
    'locale/pt_BR/LC_MESSAGES/messages.po: 2 messages, 2 to translate.',
  ])
  const catalogue = read('blog/locale/ko/LC_MESSAGES/messages.po')
  expect(catalogue).toContain('"Plural-Forms: nplurals=1; plural=0;\\n"')
  expect(catalogue).toMatch(/#: blog\/views\.ts:1\n#: blog\/views\.ts:3\nmsgid "Save"\nmsgstr ""/)
  expect(catalogue).toContain('msgid "{n} post"\nmsgid_plural "{n} posts"')
  expect(catalogue).not.toContain('this')
  expect(read('locale/ko/LC_MESSAGES/messages.po')).toContain('msgctxt "month"\nmsgid "May"')
})

test('translations stay, new messages come, and what is gone is kept as obsolete', async () => {
  write('blog/views.ts', "gettext('Save')\ngettext('Close')")
  await run(['ko'])
  const file = 'blog/locale/ko/LC_MESSAGES/messages.po'
  write(file, read(file).replace('msgid "Save"\nmsgstr ""', 'msgid "Save"\nmsgstr "저장"'))
  write(file, read(file).replace('msgid "Close"\nmsgstr ""', '# said by Kim\nmsgid "Close"\nmsgstr "닫기"'))
  write('blog/views.ts', "gettext('Open')\ngettext('Save')")
  expect(await run(['ko'])).toBe(`${file}: 2 messages, 1 to translate.\n`)
  expect([...readPoFile(join(root, file))].map(([key, { forms }]) => [key, ...forms])).toEqual([['Save', '저장']])
  expect(read(file)).toContain('#~ msgid "Close"')

  write('blog/views.ts', "gettext('Save')\ngettext('Close')")
  expect(await run(['ko'])).toBe(`${file}: 2 messages, all translated.\n`)
  const again = read(file)
  await run(['ko'])
  expect(read(file)).toBe(again)
})

test('the languages are those of the settings, but English', async () => {
  write('blog/views.ts', "gettext('Save')")
  expect(await run([], { languages: { en: 'English', ko: '한국어' } })).toBe(
    'blog/locale/ko/LC_MESSAGES/messages.po: 1 message, 1 to translate.\n',
  )
  await expect(run([])).rejects.toThrow('There is no language to translate into.')
})
