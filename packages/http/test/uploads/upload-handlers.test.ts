import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import {
  BodyAlreadyRead,
  FileUploadHandler,
  type IncomingFile,
  MemoryFileUploadHandler,
  PermissionDenied,
  type RequestPolicy,
  SkipFile,
  StopFutureHandlers,
  TemporaryFileUploadHandler,
  type UploadContext,
  UploadedFile,
} from '../../src/index.ts'
import { multipartBody, postForm, type SentPart } from './multipart.ts'

const folder = await mkdtemp(join(tmpdir(), 'nuages-handlers-'))
afterAll(() => rm(folder, { recursive: true }))

const parts: SentPart[] = [
  { name: 'photo', fileName: 'a.png', type: 'image/png; charset=Latin1', content: 'abcdef' },
  { name: 'title', content: 'Me' },
  { name: 'notes', fileName: 'b.txt', type: 'text/plain', content: 'xyz' },
]

function post(policy: Partial<RequestPolicy> = {}) {
  const body = multipartBody(parts)
  return postForm([body.subarray(0, 90), body.subarray(90, 110), body.subarray(110)], {
    uploadTempDir: folder,
    ...policy,
  })
}

const names = (files: Iterable<[string, UploadedFile]>): string[] => [...files].map(([name]) => name)

/** Writes down what it is told, and passes everything on. */
class Watcher extends FileUploadHandler {
  readonly events: unknown[] = []

  override newFile(file: IncomingFile): void {
    this.events.push(file)
  }

  override receiveDataChunk(chunk: Uint8Array, start: number): Uint8Array {
    const last = this.events.at(-1)
    // however the file was cut, in one line
    if (typeof last === 'string') this.events[this.events.length - 1] = last + Buffer.from(chunk)
    else this.events.push(Buffer.from(chunk).toString())
    expect(start).toBe((this.events.at(-1) as string).length - chunk.byteLength)
    return chunk
  }

  override fileComplete(size: number): undefined {
    this.events.push(size)
  }

  override uploadComplete(): void {
    this.events.push('complete')
  }

  override uploadInterrupted(): void {
    this.events.push('interrupted')
  }

  override fileSkipped(): void {
    this.events.push('skipped')
  }
}

it('see every file on its way', async () => {
  const request = post()
  const watcher = new Watcher()
  request.uploadHandlers.unshift(watcher)
  const { files } = await request.form()
  expect(watcher.events).toEqual([
    { fieldName: 'photo', name: 'a.png', contentType: 'image/png', charset: 'latin1' },
    'abcdef',
    6,
    { fieldName: 'notes', name: 'b.txt', contentType: 'text/plain', charset: undefined },
    'xyz',
    3,
    'complete',
  ])
  expect(await files.get('photo')!.text()).toBe('abcdef')
})

it('are classes in the settings, made for each request and told of it', async () => {
  const contexts: UploadContext[] = []
  class Told extends MemoryFileUploadHandler {
    constructor(context: UploadContext) {
      super(context)
      contexts.push(context)
    }
  }
  const request = post({ uploadHandlers: [Told], maxMemoryFileSize: 5 })
  await request.form()
  await post({ uploadHandlers: [Told] }).form()
  expect(contexts).toHaveLength(2)
  expect(contexts[0]).toMatchObject({ contentLength: undefined, maxMemoryFileSize: 5, temporaryFolder: folder })
  expect(contexts[0]!.request).toBe(request)
})

it('change what the next ones get', async () => {
  class Shouting extends FileUploadHandler {
    override async receiveDataChunk(chunk: Uint8Array): Promise<Uint8Array> {
      return Buffer.from(Buffer.from(chunk).toString().toUpperCase().repeat(2))
    }
    override fileComplete(): undefined {}
  }
  const request = post()
  request.uploadHandlers = [new Shouting(), ...request.uploadHandlers]
  const { files } = await request.form()
  expect(await files.get('notes')!.text()).toBe('XYZXYZ')
  expect(files.get('notes')!.size).toBe(6)
})

it('take over a file, from themselves or from others', async () => {
  class Elsewhere extends FileUploadHandler {
    #name = ''
    override newFile({ name, contentType }: IncomingFile): void {
      this.#name = name
      if (contentType === 'image/png') throw new StopFutureHandlers()
    }
    override receiveDataChunk(chunk: Uint8Array): Uint8Array | undefined {
      return this.#name === 'a.png' ? undefined : chunk
    }
    override async fileComplete(size: number): Promise<UploadedFile | undefined> {
      return this.#name === 'a.png' ? new UploadedFile(`elsewhere ${size}`, 'text/x', []) : undefined
    }
  }
  const request = post()
  const watcher = new Watcher()
  request.uploadHandlers = [new Elsewhere(), watcher, ...request.uploadHandlers]
  const { files } = await request.form()
  expect(files.get('photo')).toMatchObject({ name: 'elsewhere 6' })
  expect(await files.get('notes')!.text()).toBe('xyz')
  expect(watcher.events.filter((event) => typeof event === 'string')).toEqual(['xyz', 'complete'])
})

it.each(['newFile', 'receiveDataChunk', 'fileComplete'] as const)('leave a file out in %s', async (method) => {
  class Picky extends FileUploadHandler {
    #skips = false
    #step(now: typeof method): void {
      if (this.#skips && now === method) throw new SkipFile()
    }
    override newFile({ fieldName }: IncomingFile): void {
      this.#skips = fieldName === 'photo'
      this.#step('newFile')
    }
    override receiveDataChunk(): undefined {
      this.#step('receiveDataChunk')
    }
    override fileComplete(): undefined {
      this.#step('fileComplete')
    }
  }
  const request = post()
  const watcher = new Watcher()
  const [context] = [{ temporaryFolder: folder }]
  // writes on behalf of a handler after it that wants none of it
  class Copying extends TemporaryFileUploadHandler {
    override async receiveDataChunk(chunk: Uint8Array): Promise<undefined> {
      await super.receiveDataChunk(chunk)
      return chunk as never
    }
    override async fileComplete(): Promise<undefined> {}
  }
  request.uploadHandlers = [watcher, new Copying(context!), new Picky()]
  const { files, fields } = await request.form()
  expect([names(files), fields.get('title')]).toEqual([[], 'Me'])
  expect(watcher.events.filter((event) => event === 'skipped')).toHaveLength(1)
  await request.uploadHandlers[1]!.uploadInterrupted()
  expect(await readdir(folder)).toEqual([])
})

it('refuse a form with an error of their own, and all is taken back', async () => {
  let closed = 0
  class Stored extends UploadedFile {
    override close(): void {
      closed += 1
    }
  }
  class Refusing extends FileUploadHandler {
    override newFile({ fieldName }: IncomingFile): void {
      if (fieldName === 'notes') throw new PermissionDenied('No notes today.')
    }
    override receiveDataChunk(): undefined {}
    override fileComplete(): UploadedFile {
      return new Stored('a', 'a/b', [])
    }
  }
  const request = post()
  const watcher = new Watcher()
  request.uploadHandlers = [watcher, new Refusing(), new TemporaryFileUploadHandler({ temporaryFolder: folder })]
  await expect(request.form()).rejects.toThrow(PermissionDenied)
  expect(watcher.events.at(-1)).toBe('interrupted')
  expect(closed).toBe(1)
})

it('that fail are an error of the program', async () => {
  class Broken extends FileUploadHandler {
    override receiveDataChunk(): never {
      throw new TypeError('a bug')
    }
    override fileComplete(): undefined {}
  }
  await expect(post({ uploadHandlers: [Broken] }).form()).rejects.toThrow(new TypeError('a bug'))
})

it('cannot be set when the form was read', async () => {
  const request = post()
  await request.form()
  expect(() => {
    request.uploadHandlers = []
  }).toThrow(BodyAlreadyRead)
})

it('that make nothing of a file leave it out', async () => {
  const { files, fields } = await post({ uploadHandlers: [] }).form()
  expect([files.size, fields.get('title')]).toEqual([0, 'Me'])
})
