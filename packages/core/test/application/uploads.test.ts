import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultStorage } from '@nuages/files'
import { serve } from '@nuages/gateway'
import {
  type HttpRequest,
  HttpResponse,
  PermissionDenied,
  StreamingHttpResponse,
  type UploadedFile,
} from '@nuages/http'
import { path } from '@nuages/urls'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createApplication, csrfExempt, requestFinished, resetSetup, type SettingsInput } from '../../src/index.ts'
import { projectSettings } from '../project/settings.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nuages-application-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const content = randomBytes(300_000)
let lastUpload: UploadedFile

const urlpatterns = [
  path(
    'store/',
    csrfExempt(async (request: HttpRequest) => {
      const upload = (await request.form()).files.get('file')!
      return new HttpResponse(await defaultStorage().save('kept.bin', upload))
    }),
  ),
  path(
    'echo/',
    csrfExempt(async (request: HttpRequest) => {
      lastUpload = (await request.form()).files.get('file')!
      return new StreamingHttpResponse(lastUpload.stream(), { contentType: 'application/octet-stream' })
    }),
  ),
  path(
    'fails/',
    csrfExempt(async (request: HttpRequest) => {
      await request.form()
      throw new Error('on purpose')
    }),
  ),
  path(
    'refuses/',
    csrfExempt(async (request: HttpRequest) => {
      await request.form()
      throw new PermissionDenied()
    }),
  ),
  path(
    'leaves/',
    csrfExempt((request: HttpRequest) => {
      void request.form().catch(() => {})
      return new HttpResponse('not waited for')
    }),
  ),
  path('protected/', async (request: HttpRequest) => {
    await request.form()
    return new HttpResponse('never')
  }),
]

async function start(changes: Partial<SettingsInput> = {}) {
  await resetSetup()
  const application = await createApplication(
    projectSettings({
      urlconf: async () => ({ urlpatterns }),
      uploadTempDir: folder,
      mediaRoot: join(folder, 'media'),
      ...changes,
    }),
  )
  const server = await serve(application, { port: 0 })
  return {
    url: server.url,
    port: Number(new URL(server.url).port),
    async [Symbol.asyncDispose]() {
      await server.close({ timeoutMs: 2_000 })
      await resetSetup()
    },
  }
}

const uploads = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.upload'))

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2))
}

function form(): FormData {
  const data = new FormData()
  data.set('file', new Blob([content]), 'file.bin')
  return data
}

test.each<[string, number, Partial<SettingsInput>]>([
  ['store/', 200, {}],
  ['fails/', 500, {}],
  ['refuses/', 403, {}],
  ['leaves/', 200, {}],
  // The CSRF check read the form for its token.
  ['protected/', 403, {}],
  ['store/', 413, { maxFileSize: 299_999 }],
  ['store/', 400, { maxFiles: 0.5 as never }],
])('after %s %d nothing is left of an upload', async (where, status, changes) => {
  const { maxFiles, ...rest } = changes
  await using site = await start({ maxMemoryFileSize: 1000, ...rest })
  const body = form()
  if (maxFiles !== undefined) for (let nth = 0; nth < 101; nth += 1) body.append('more', new Blob(['x']), 'more.txt')
  const response = await fetch(`${site.url}/${where}`, { method: 'POST', body })
  await response.bytes()
  expect(response.status).toBe(status)
  await until(() => uploads().length === 0)
})

test('a large upload is stored as it was sent', async () => {
  await using site = await start({ maxMemoryFileSize: 1000 })
  const response = await fetch(`${site.url}/store/`, { method: 'POST', body: form() })
  expect(await response.text()).toBe('kept.bin')
  expect(uploads()).toEqual([])
  expect(readFileSync(join(folder, 'media/kept.bin')).equals(content)).toBe(true)
})

test('a response that streams the upload has it to its end', async () => {
  await using site = await start({ maxMemoryFileSize: 1000 })
  const response = await fetch(`${site.url}/echo/`, { method: 'POST', body: form() })
  expect((await response.bytes()).length).toBe(content.length)
  await until(() => uploads().length === 0)
  await expect(lastUpload.bytes()).rejects.toMatchObject({ code: 'upload-closed' })
})

test('what a receiver of requestFinished breaks takes the upload along', async () => {
  const receiver = () => {
    throw new Error('on purpose')
  }
  requestFinished.connect(receiver)
  try {
    await using site = await start({ maxMemoryFileSize: 1000 })
    await (await fetch(`${site.url}/store/`, { method: 'POST', body: form() })).bytes()
    await until(() => uploads().length === 0)
  } finally {
    requestFinished.disconnect(receiver)
  }
})

async function send(port: number, bytes: string | Uint8Array): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' })
  socket.on('error', () => {})
  await new Promise<void>((resolve) => socket.write(bytes, () => resolve()))
  return socket
}

const head = (where: string, length: number) =>
  `POST /${where} HTTP/1.1\r\nHost: example.com\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: ${length}\r\n\r\n` +
  '--x\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'

test('a client that goes away in the middle leaves nothing', async () => {
  await using site = await start({ maxMemoryFileSize: 1000 })
  const socket = await send(site.port, head('store/', 1_000_000))
  socket.write(content)
  await until(() => uploads().length === 1)
  socket.resetAndDestroy()
  await until(() => uploads().length === 0)
})

test('a client that goes away while the upload is sent back leaves nothing', async () => {
  await using site = await start({ maxMemoryFileSize: 1000, maxFileSize: 50_000_000, maxUploadSize: 50_000_000 })
  const file = Buffer.alloc(20_000_000)
  const start_ = head('echo/', 0).split('\r\n\r\n')[1]!.length + 4
  const end = '\r\n--x--\r\n'
  const socket = await send(site.port, head('echo/', start_ + file.length + end.length))
  socket.write(file)
  socket.write(end)
  await until(() => socket.bytesRead > 0)
  socket.pause()
  expect(uploads()).toHaveLength(1)
  socket.resetAndDestroy()
  await until(() => uploads().length === 0)
})
