import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { NuagesError } from '@nuages/foundation'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as errors from '../src/errors.ts'
import { HttpError, HttpRequest, type HttpResponse } from '../src/index.ts'
import { makeEnviron } from './environ.ts'
import { type Sent, send } from './send.ts'

type View = (request: HttpRequest, params?: object) => HttpResponse | Promise<HttpResponse>

const page = join(import.meta.dirname, '../../../docs/requests-responses.md')
const addresses: Readonly<Record<string, string>> = {
  'nuages/http': pathToFileURL(join(import.meta.dirname, '../src/index.ts')).href,
  zod: pathToFileURL(createRequire(import.meta.url).resolve('zod')).href,
}
const views = new Map<string, View>()
let folder: string

// every block of the page that exports a view is a module that this test runs
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nuages-docs-'))
  const text = await readFile(page, 'utf8')
  for (const [index, [, code]] of [...text.matchAll(/^```ts\n(.*?)^```/gms)].entries()) {
    const file = join(folder, `block-${index}.ts`)
    await writeFile(
      file,
      code!.replaceAll(/from '([\w/]+)'/g, (whole, name) => (name in addresses ? `from '${addresses[name]}'` : whole)),
    )
    const exported: Record<string, View> = await import(/* @vite-ignore */ pathToFileURL(file).href)
    for (const [name, view] of Object.entries(exported)) views.set(name, view)
  }
})

afterAll(() => rm(folder, { recursive: true }))

async function call(name: string, environ: Record<string, string> = {}, body = '', params?: object): Promise<Sent> {
  return send(await views.get(name)!(new HttpRequest(makeEnviron(environ, [body])), params))
}

it('greets', async () => {
  expect((await call('greet', { QUERY_STRING: 'name=Ana' })).bytes.toString()).toBe('Hello, Ana!')
})

it('reads and changes a query', async () => {
  const sent = await call('search', { QUERY_STRING: 'tag=a&tag=b&page=2' })
  expect(JSON.parse(sent.bytes.toString())).toEqual({ page: 2, tags: ['a', 'b'], next: '?tag=a&tag=b&page=3' })
})

it('checks JSON', async () => {
  const sent = await call('order', {}, '{"product": "tea", "amount": 2}')
  expect([sent.status, sent.bytes.toString()]).toEqual(['201 Created', '{"ordered":"2 × tea"}'])
  await expect(call('order', {}, '{"product": "tea", "amount": 0}')).rejects.toMatchObject({ status: 400 })
})

it('takes an upload', async () => {
  const body =
    '--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nMe\r\n' +
    '--x\r\nContent-Disposition: form-data; name="photo"; filename="me.png"\r\nContent-Type: image/png\r\n\r\nabc\r\n--x--\r\n'
  const sent = await call('upload', { CONTENT_TYPE: 'multipart/form-data; boundary=x' }, body)
  const digest = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
  expect(JSON.parse(sent.bytes.toString())).toEqual({ title: 'Me', name: 'me.png', size: 3, digest })
  expect((await call('upload')).status).toBe('400 Bad Request')
})

it('sets cookies and headers', async () => {
  const sent = await call('preferences', { QUERY_STRING: 'theme=dark' })
  expect(sent.header('Vary')).toBe('Cookie')
  expect(sent.headers.filter(([name]) => name === 'Set-Cookie').map(([, line]) => line.split(';')[0])).toEqual([
    'theme=dark',
    'oldTheme=',
  ])
})

it('streams', async () => {
  expect((await call('csv')).bytes.toString()).toMatch(/^number,square\n1,1\n[\s\S]*\n1000,1000000\n$/)
})

it('sends files of its folder alone', async () => {
  await mkdir(join(folder, 'reports'))
  await writeFile(join(folder, 'reports/a.pdf'), 'report')
  const sent = await call('download', {}, '', { name: 'a.pdf' })
  expect([sent.bytes.toString(), sent.header('Content-Disposition')]).toEqual([
    'report',
    'attachment; filename="a.pdf"',
  ])
  await expect(async () => call('download', {}, '', { name: '../block-0.ts' })).rejects.toThrow(
    'leads out of its directory',
  )
})

it('answers conditions', async () => {
  const sent = await call('article')
  expect(sent.status).toBe('200 OK')
  const date = sent.header('Last-Modified')!
  expect((await call('article', { HTTP_IF_MODIFIED_SINCE: date })).status).toBe('304 Not Modified')
})

it('lists every error with its code and status', async () => {
  const text = await readFile(page, 'utf8')
  for (const [name, ErrorClass] of Object.entries(errors)) {
    if (ErrorClass === HttpError) continue
    const error: NuagesError = new (ErrorClass as new (message: string) => NuagesError)('message')
    expect(error.name).toBe(name)
    const listed =
      error instanceof HttpError
        ? `\\| \`${name}\`.*\\| \`${error.code}\` \\| ${error.status}`
        : `\`${name}\`\\s\\(\`${error.code}\`\\)`
    expect(text).toMatch(new RegExp(listed))
  }
})
