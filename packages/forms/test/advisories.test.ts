/** What Django's security advisories told of its form fields; docs/security/advisories.md lists them. */
import { MultiValueDict, QueryDict, UploadedFile } from '@nuages/http'
import { expect, test } from 'vitest'
import { email, Form, file, ipAddress, slug, url } from '../src/index.ts'
import { result } from './fields/clean-result.ts'

/** So much that work which grows with the square of it would not end within the test's time. */
const much = 200_000

test.each([
  ['an address, CVE-2023-36053', email({ maxLength: undefined as never }), `a@${'a.'.repeat(much)}`],
  ['an address with many full stops, CVE-2023-36053', email(), `${'.'.repeat(much)}@example.com`],
  ['a URL, CVE-2023-36053', url(), `http://${'a.'.repeat(much)}`],
  ['a URL of labels, CVE-2023-36053', url(), `http://${'xn--'.repeat(much)}`],
  ['a URL of letters that are composed, CVE-2026-25673', url(), `http://${'½'.repeat(much)}`],
  ['an IP address, CVE-2024-56374', ipAddress(), `${':'.repeat(much)}1`],
  ['an IP address of zeros, CVE-2024-56374', ipAddress(), '0000:'.repeat(much)],
  ['a slug', slug({ allowUnicode: true }), `${'a-'.repeat(much)}!`],
])('a field says no to what is far too long: %s', async (_what, field, text) => {
  expect(await result(field, text)).toMatch(/^! /)
})

test.each([
  'example.com\n',
  'https://example.com\nSet-Cookie: a=b',
  'https://exam\nple.com/',
  'https://example.com\r/',
])('a URL holds no line breaks (CVE-2026-53878): %j', async (text) => {
  const clean = String(await result(url({ strip: false }), text))
  expect(clean).not.toMatch(/^https?:[\s\S]*[\r\n]/)
})

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\nscript:alert(1)',
  '\u0001javascript:alert(1)',
  'vbscript:x',
])('a URL is none that a browser would run (CVE-2026-15920): %j', async (text) => {
  expect(await result(url(), text)).toMatch(/^! |^https:/)
})

class UploadForm extends Form({ document: file({ allowedExtensions: ['txt'] }) }) {}

test.each([
  [['page.html', 'notes.txt'], ['notes.txt']],
  [['notes.txt', 'page.html'], undefined],
])(
  'of several files under one name one is taken, and that one is checked (CVE-2023-31047): %j',
  async (names, taken) => {
    const files = new MultiValueDict(
      names.map((name): [string, UploadedFile] => [
        'document',
        new UploadedFile(name, 'text/plain', [Buffer.from('x')]),
      ]),
    )
    const form = new UploadForm({ data: new QueryDict([]), files })
    const isValid = await form.isValid()
    expect(isValid ? [(form.cleanedData as { document: UploadedFile }).document.name] : undefined).toEqual(taken)
  },
)
