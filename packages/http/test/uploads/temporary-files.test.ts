import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  BadRequest,
  type HttpRequest,
  RequestDataTooBig,
  type RequestPolicy,
  TemporaryFileUploadHandler,
  TooManyFieldsSent,
  TooManyFilesSent,
  UnreadableBody,
  UploadClosed,
  type UploadedFile,
} from '../../src/index.ts'
import { type Input, multipartBody, postForm, type SentPart } from './multipart.ts'

let folder: string
let goals: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nuages-uploads-'))
  goals = await mkdtemp(join(tmpdir(), 'nuages-goals-'))
})
afterAll(() => Promise.all([folder, goals].map((path) => rm(path, { recursive: true }))))
beforeEach(async () => expect(await readdir(folder)).toEqual([]))

const file = (size: number, name = 'file'): SentPart => ({
  name,
  fileName: `${name}.bin`,
  content: Buffer.alloc(size, name),
})

function post(input: Input, policy: Partial<RequestPolicy> = {}): HttpRequest {
  return postForm(input, { uploadTempDir: folder, maxMemoryFileSize: 100, ...policy })
}

async function sent(parts: readonly SentPart[], policy: Partial<RequestPolicy> = {}) {
  const request = post([multipartBody(parts)], policy)
  const { files } = await request.form()
  return { request, file: files.get('file')!, files }
}

async function streamed(upload: UploadedFile): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(upload.stream()))
}

describe('a file of a form', () => {
  it('stays in memory up to the size, and is on disk past it', async () => {
    const small = await sent([file(100)])
    expect(small.file).toMatchObject({ isInMemory: true, temporaryPath: undefined, size: 100 })
    expect(small.request.close()).toBeInstanceOf(Promise)

    const { request, file: upload } = await sent([file(101)])
    expect(upload).toMatchObject({
      isInMemory: false,
      size: 101,
      name: 'file.bin',
      contentType: 'application/octet-stream',
    })
    expect(await readdir(folder)).toHaveLength(1)
    const { temporaryPath } = upload
    expect(temporaryPath).toMatch(/^.+nuages-[\da-f-]{36}\.upload$/)
    expect((await stat(temporaryPath!)).mode & 0o777).toBe(0o600)
    for (let time = 0; time < 2; time += 1) expect(await streamed(upload)).toEqual(Buffer.alloc(101, 'file'))
    expect(await upload.bytes()).toEqual(Buffer.alloc(101, 'file'))
    expect(await upload.text()).toBe(Buffer.alloc(101, 'file').toString())
    await request.close()
    expect(await readdir(folder)).toEqual([])
  })

  it('counts for the memory of its form', async () => {
    const { request, files } = await sent([file(60, 'a'), file(60, 'b'), file(40, 'c'), file(1, 'd')])
    expect([...files].map(([name, { isInMemory }]) => [name, isInMemory])).toEqual([
      ['a', true],
      ['b', false],
      ['c', true],
      ['d', false],
    ])
    for (const [name, upload] of files) expect(await streamed(upload)).toEqual(Buffer.alloc(upload.size, name))
    await request.close()
  })

  it('is on disk in any case where its handler says so, an empty one too', async () => {
    const { request, file: upload } = await sent([file(0)], { uploadHandlers: [TemporaryFileUploadHandler] })
    expect(upload).toMatchObject({ isInMemory: false, size: 0 })
    expect(await upload.bytes()).toHaveLength(0)
    await request.close()
  })

  it('of many megabytes arrives whole', async () => {
    const content = Buffer.alloc(9_000_000)
    for (let at = 0; at < content.length; at += 4) content.writeUInt32LE(at, at)
    const body = multipartBody([{ name: 'file', fileName: 'a', content }])
    const chunks = Array.from({ length: Math.ceil(body.length / 65_536) }, (_, at) =>
      body.subarray(at * 65_536, (at + 1) * 65_536),
    )
    const request = post(chunks, {})
    const { files } = await request.form()
    expect((await streamed(files.get('file')!)).equals(content)).toBe(true)
    await request.close()
  })

  it('is not read once its request is closed', async () => {
    const { request, file: upload } = await sent([file(200)])
    await request.close()
    await expect(upload.bytes()).rejects.toThrow(UploadClosed)
    await expect(streamed(upload)).rejects.toThrow("The uploaded file 'file.bin' is gone")
    await expect(upload.moveTo(join(goals, 'late'))).rejects.toMatchObject({ code: 'upload-closed' })
    expect(request.close()).toBeUndefined()
  })

  it.each([
    ['in memory', 10],
    ['on disk', 200],
  ])('%s is moved, and then stays', async (where, size) => {
    const { request, file: upload } = await sent([file(size)])
    const goal = join(goals, `moved ${where}`)
    await upload.moveTo(goal, 0o640)
    expect(await readdir(folder)).toEqual([])
    expect(await streamed(upload)).toEqual(Buffer.alloc(size, 'file'))
    await request.close()
    expect(await readFile(goal)).toEqual(Buffer.alloc(size, 'file'))
    expect((await stat(goal)).mode & 0o777).toBe(0o640)
  })

  it.each([10, 200])('of %d bytes overwrites nothing', async (size) => {
    const { request, file: upload } = await sent([file(size)])
    const goal = join(goals, `taken ${size}`)
    await writeFile(goal, 'mine')
    await expect(upload.moveTo(goal)).rejects.toMatchObject({ code: 'EEXIST' })
    expect(await readFile(goal, 'utf8')).toBe('mine')
    expect(await streamed(upload)).toHaveLength(size)
    await request.close()
  })

  it('is copied to another file system', async () => {
    const { request, file: upload } = await sent([file(200)])
    const other = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'nuages-'))
    try {
      await upload.moveTo(join(other, 'file'))
      expect(await readFile(join(other, 'file'))).toEqual(Buffer.alloc(200, 'file'))
      expect(await readdir(folder)).toEqual([])
    } finally {
      await rm(other, { recursive: true })
    }
    await request.close()
  })
})

describe('nothing is left on disk', () => {
  const parts = [file(150, 'a'), { name: 'title', content: 'Me' }, file(150, 'b'), { name: 'tag', content: 'x' }]

  it.each<[string, Partial<RequestPolicy>, new (message: string) => Error]>([
    ['too large a file', { maxFileSize: 149 }, RequestDataTooBig],
    ['too large files together', { maxUploadSize: 299 }, RequestDataTooBig],
    ['too many files', { maxFiles: 1 }, TooManyFilesSent],
    ['too many fields', { maxFields: 1 }, TooManyFieldsSent],
    ['too large fields', { maxBodySize: 8 }, RequestDataTooBig],
  ])('by %s', async (_, policy, error) => {
    const body = multipartBody(parts)
    for (const chunks of [[body], Array.from(body, (byte) => Buffer.of(byte))]) {
      const request = post(chunks, policy)
      await expect(request.form()).rejects.toThrow(error)
      expect(await readdir(folder)).toEqual([])
      expect(request.close()).toBeUndefined()
    }
  })

  it.each([
    ['in a file', -200],
    ['in a header', -380],
    ['before the end', -6],
  ])('by a form that breaks off %s', async (_, end) => {
    await expect(post([multipartBody(parts).subarray(0, end)]).form()).rejects.toThrow(BadRequest)
    expect(await readdir(folder)).toEqual([])
  })

  it('by a client that goes away', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield multipartBody(parts).subarray(0, -200)
      expect(await readdir(folder)).not.toEqual([])
      throw new Error('gone')
    }
    const request = post(broken())
    await expect(request.form()).rejects.toThrow(UnreadableBody)
    expect(await readdir(folder)).toEqual([])
  })

  it('by a form that arrives when its request is closed already', async () => {
    const last = Promise.withResolvers<Uint8Array>()
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield multipartBody(parts).subarray(0, -200)
      yield await last.promise
    }
    const request = post(slow())
    const form = request.form()
    expect(request.mayHaveFiles).toBe(true)
    expect(request.close()).toBeUndefined()
    last.resolve(multipartBody(parts).subarray(-200))
    await form
    expect(await readdir(folder)).toEqual([])
  })

  it('by a process that ends in the middle', async () => {
    const { execFile } = await import('node:child_process')
    const script = `
      const { TemporaryFileUploadHandler } = await import(${JSON.stringify(join(import.meta.dirname, '../../src/index.ts'))})
      const handler = new TemporaryFileUploadHandler({ temporaryFolder: ${JSON.stringify(folder)} })
      handler.newFile({ fieldName: 'a', name: 'a', contentType: '', charset: undefined })
      await handler.receiveDataChunk(Buffer.from('x'))
      const { readdirSync } = await import('node:fs')
      console.log(readdirSync(${JSON.stringify(folder)}).length)
      process.exit(3)`
    const ended = await new Promise<{ code: unknown; output: string }>((resolve) => {
      execFile(process.execPath, ['--input-type=module', '-e', script], (error, output) =>
        resolve({ code: error?.code, output }),
      )
    })
    expect(ended).toEqual({ code: 3, output: '1\n' })
    expect(await readdir(folder)).toEqual([])
  })
})

it('a folder that is not there is no fault of the client', async () => {
  const request = post([multipartBody([file(200)])], { uploadTempDir: join(folder, 'missing') })
  await expect(request.form()).rejects.toMatchObject({ code: 'ENOENT' })
  await expect(request.form()).rejects.not.toBeInstanceOf(BadRequest)
})
