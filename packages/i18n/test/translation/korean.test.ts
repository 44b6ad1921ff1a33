import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type FoundMessage, readPoFile, sourceMessages, templateMessages } from '../../src/index.ts'

const packages = join(import.meta.dirname, '../../..')
const catalogueOf = (name: string) => join(packages, name, 'src/locale/ko/LC_MESSAGES/messages.po')

/** What speaks to visitors. */
const speaking = [
  'i18n',
  'templates',
  'forms',
  'orm',
  'core',
  'mail',
  'messages',
  'auth',
  'twofactor',
  'usersessions',
  'tokens',
  'ratelimit',
]

interface Place extends FoundMessage {
  readonly place: string
}

function messagesOf(name: string): Place[] {
  return globSync(join(packages, name, 'src/**/*.{ts,html,txt}')).flatMap((file) => {
    const source = readFileSync(file, 'utf8')
    const found = file.endsWith('.ts') ? sourceMessages(source) : templateMessages(source)
    return found.map((message) => ({ ...message, place: `${relative(packages, file)}:${message.line}` }))
  })
}

const keyOf = ({ context, message }: FoundMessage) => (context === undefined ? message : `${context}\u0004${message}`)

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort()

const framework = readPoFile(catalogueOf('i18n'))

describe.each(speaking)('the texts of %s', (name) => {
  const own = existsSync(catalogueOf(name)) ? readPoFile(catalogueOf(name)) : new Map()
  const messages = messagesOf(name)
  const find = (message: FoundMessage) => own.get(keyOf(message)) ?? framework.get(keyOf(message))

  test('are all there in Korean', () => {
    const missing = messages.filter((message) => find(message) === undefined)
    expect(missing.map(({ place, message }) => `${place} ${message}`)).toEqual([])
  })

  test('keep their names in braces', () => {
    const wrong = messages.filter((message) => {
      const names = new Set([...placeholders(message.message), ...placeholders(message.plural ?? '')])
      const given = find(message)?.forms.flatMap(placeholders) ?? []
      // A number may be left out where a word says it, and nothing may be there that has no value.
      const needed = message.plural === undefined ? [...names] : []
      return given.some((part: string) => !names.has(part)) || needed.some((part) => !given.includes(part))
    })
    expect(wrong.map(({ place, message }) => `${place} ${message}`)).toEqual([])
  })

  test('keep the HTML that they have', () => {
    const tags = (text: string) => (text.match(/<\/?[a-z]+/g) ?? []).sort()
    const wrong = messages.filter((message) => {
      const forms = find(message)?.forms ?? []
      return forms.some((form: string) => String(tags(form)) !== String(tags(message.plural ?? message.message)))
    })
    expect(wrong.map(({ place, message }) => `${place} ${message}`)).toEqual([])
  })

  test('are what the catalogue has, and nothing else', () => {
    const used = new Set(messages.map(keyOf))
    const unused = name === 'i18n' ? [] : [...own.keys()].filter((key) => !used.has(key))
    expect(unused).toEqual([])
  })
})

test('what a field of a model takes is there in Korean', () => {
  const files = globSync(join(packages, 'orm/src/fields/**/*.ts')).map((file) => readFileSync(file, 'utf8'))
  const expected = files.flatMap((source) => [
    ...Array.from(source.matchAll(/refuse\([^'`]*, '([^']*)'\)/g), ([, text]) => text!),
    ...Array.from(source.matchAll(/readonly form = '([^']*)'/g), ([, text]) => text!),
  ])
  expect(expected.length).toBeGreaterThan(15)
  expect(expected.filter((text) => !framework.has(`expected value\u0004${text}`))).toEqual([])
})

test('no text of a form, a validator or a page is left untranslated', () => {
  const sources = ['forms/src/fields', 'forms/src/models', 'forms/src/formsets', 'orm/src/validation']
  const sentences = sources.flatMap((folder) =>
    globSync(join(packages, folder, '*.ts')).flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter(
          (line) =>
            !/^\s*(\*|\/\*)/.test(line) &&
            /(message|invalid|required|\w+_\w+): ['`][A-Z]|new ValidationError\(['`]/.test(line),
        )
        .map((line) => `${relative(packages, file)}: ${line.trim()}`),
    ),
  )
  expect(sentences).toEqual([])
})
