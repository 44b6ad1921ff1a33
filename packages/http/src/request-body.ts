import { type Environ, RequestError } from '@nuages/gateway'
import { ByteCollector } from './byte-collector.ts'
import { BadRequest, BodyAlreadyRead, HttpError, RequestDataTooBig, UnreadableBody } from './errors.ts'
import { parseMediaType } from './media-type.ts'
import { MultiValueDict } from './multi-value-dict.ts'
import { QueryDict } from './query-dict.ts'
import type { RequestForm } from './request-form.ts'
import type { RequestPolicy } from './request-policy.ts'
import type { FileUploadHandler } from './uploads/file-upload-handler.ts'
import { readMultipartForm } from './uploads/multipart-form.ts'
import type { UploadedFile } from './uploads/uploaded-file.ts'

/** The body of one request: read from the environ once, on demand, and kept. */
export class RequestBody {
  readonly #environ: Environ
  readonly #policy: RequestPolicy
  #bytes: Promise<Uint8Array> | undefined
  #form: Promise<RequestForm> | undefined
  #streamed = false
  /** Of a multipart form; what they have on disk goes with the request. */
  #files: MultiValueDict<UploadedFile> | undefined
  #isMultipart = false
  #isClosed = false

  constructor(environ: Environ, policy: RequestPolicy) {
    this.#environ = environ
    this.#policy = policy
  }

  bytes(): Promise<Uint8Array> {
    this.#bytes ??= this.#readBytes()
    return this.#bytes
  }

  async text(): Promise<string> {
    const charset = parseMediaType(this.#environ.CONTENT_TYPE).charset ?? 'utf-8'
    const bytes = await this.bytes()
    try {
      return new TextDecoder(charset, { fatal: true }).decode(bytes)
    } catch (cause) {
      throw new BadRequest(`The body is not ${charset.slice(0, 40)} text.`, { cause })
    }
  }

  /** `handlers` are asked for where the form may have files. */
  form(handlers: () => readonly FileUploadHandler[]): Promise<RequestForm> {
    this.#form ??= this.#readForm(handlers)
    return this.#form
  }

  /** Whether the body was read, or begun to be. */
  get isTaken(): boolean {
    return this.#streamed || this.#form !== undefined
  }

  /** Whether a multipart form was read, or is being read. */
  get mayHaveFiles(): boolean {
    return this.#isMultipart
  }

  /** Removes what the files of the form have on disk, also of a form that is still arriving; `undefined` where that is nothing. */
  close(): Promise<unknown> | undefined {
    this.#isClosed = true
    const files = this.#files
    if (files === undefined || files.size === 0) return undefined
    this.#files = undefined
    return closeFiles(files)
  }

  /** The body as it arrives, without a size limit of its own. It can be taken once, and not after the body was read. */
  stream(): AsyncIterable<Uint8Array> {
    if (this.#bytes !== undefined || this.#streamed) throw alreadyRead('stream()')
    this.#streamed = true
    return this.#environ['gateway.input']
  }

  async #readForm(handlers: () => readonly FileUploadHandler[]): Promise<RequestForm> {
    const { essence } = parseMediaType(this.#environ.CONTENT_TYPE)
    if (essence === 'application/x-www-form-urlencoded') {
      const text = Buffer.from(await this.bytes()).toString('latin1')
      return { fields: QueryDict.parse(text, this.#policy.maxFields), files: new MultiValueDict() }
    }
    if (essence === 'multipart/form-data') return this.#readMultipart(handlers())
    return { fields: QueryDict.parse(''), files: new MultiValueDict() }
  }

  async #readMultipart(handlers: readonly FileUploadHandler[]): Promise<RequestForm> {
    this.#isMultipart = true
    const contentType = this.#environ.CONTENT_TYPE ?? ''
    const chunks = this.#bytes === undefined ? this.#takeInput('form()') : [await this.#bytes]
    const form = await readMultipartForm(contentType, chunks, this.#policy, handlers)
    this.#files = form.files
    if (this.#isClosed) await this.close()
    return form
  }

  /** The body as it arrives, taken from now on. */
  #takeInput(reader: string): AsyncGenerator<Uint8Array, void, undefined> {
    if (this.#streamed) throw alreadyRead(reader)
    this.#streamed = true
    return readInput(this.#environ['gateway.input'])
  }

  async #readBytes(): Promise<Uint8Array> {
    return this.#collect(this.#takeInput('bytes()'))
  }

  async #collect(input: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
    const max = this.#policy.maxBodySize
    if (Number(this.#environ.CONTENT_LENGTH ?? 0) > max) throw tooBig(max)
    const body = new ByteCollector()
    for await (const chunk of input) {
      body.push(chunk)
      if (body.size > max) throw tooBig(max)
    }
    return body.bytes()
  }
}

/** What breaks the body says what is answered. */
async function* readInput(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* input
  } catch (error) {
    // a limit of the server's says itself what is answered
    if (error instanceof HttpError || error instanceof RequestError) throw error
    throw new UnreadableBody('The body could not be read to its end.', { cause: error })
  }
}

async function closeFiles(files: MultiValueDict<UploadedFile>): Promise<void> {
  const results = await Promise.allSettled(Array.from(files, async ([, file]) => file.close()))
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
}

function tooBig(max: number): RequestDataTooBig {
  return new RequestDataTooBig(`The request body is larger than the ${max} bytes this project takes.`)
}

function alreadyRead(reader: string): BodyAlreadyRead {
  return new BodyAlreadyRead(
    `The request body cannot be read with ${reader}: it was already consumed as a stream. ` +
      'Call bytes() before form() to have both, or read the body in one place.',
  )
}
