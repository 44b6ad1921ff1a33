import { type Environ, RequestError } from '@nuages/gateway'
import { BadRequest, BodyAlreadyRead, HttpError, RequestDataTooBig, UnreadableBody } from './errors.ts'
import { parseMediaType } from './media-type.ts'
import { MultiValueDict } from './multi-value-dict.ts'
import { parseMultipart } from './multipart.ts'
import { QueryDict } from './query-dict.ts'
import type { RequestForm } from './request-form.ts'
import type { RequestPolicy } from './request-policy.ts'

/** The body of one request: read from the environ once, on demand, and kept. */
export class RequestBody {
  readonly #environ: Environ
  readonly #policy: RequestPolicy
  #bytes: Promise<Uint8Array> | undefined
  #form: Promise<RequestForm> | undefined
  #streamed = false

  constructor(environ: Environ, policy: RequestPolicy) {
    this.#environ = environ
    this.#policy = policy
  }

  bytes(): Promise<Uint8Array> {
    this.#bytes ??= this.#takeInput('bytes()', (input) => this.#collect(input))
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

  form(): Promise<RequestForm> {
    this.#form ??= this.#readForm()
    return this.#form
  }

  /** The body as it arrives, without a size limit of its own. It can be taken once, and not after the body was read. */
  stream(): AsyncIterable<Uint8Array> {
    if (this.#bytes !== undefined || this.#streamed) throw alreadyRead('stream()')
    this.#streamed = true
    return this.#environ['gateway.input']
  }

  async #readForm(): Promise<RequestForm> {
    const { essence } = parseMediaType(this.#environ.CONTENT_TYPE)
    if (essence === 'application/x-www-form-urlencoded') {
      const text = Buffer.from(await this.bytes()).toString('latin1')
      return { fields: QueryDict.parse(text, this.#policy.maxFields), files: new MultiValueDict() }
    }
    if (essence === 'multipart/form-data') {
      const contentType = this.#environ.CONTENT_TYPE ?? ''
      if (this.#bytes !== undefined) return parseMultipart(contentType, [await this.#bytes], this.#policy)
      return this.#takeInput('form()', (input) => parseMultipart(contentType, input, this.#policy))
    }
    return { fields: QueryDict.parse(''), files: new MultiValueDict() }
  }

  async #takeInput<T>(reader: string, read: (input: AsyncIterable<Uint8Array>) => Promise<T>): Promise<T> {
    if (this.#streamed) throw alreadyRead(reader)
    this.#streamed = true
    try {
      return await read(this.#environ['gateway.input'])
    } catch (error) {
      // a limit of ours or of the server says itself what is answered
      if (error instanceof HttpError || error instanceof RequestError) throw error
      throw new UnreadableBody('The body could not be read to its end.', { cause: error })
    }
  }

  async #collect(input: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
    const max = this.#policy.maxBodySize
    if (Number(this.#environ.CONTENT_LENGTH ?? 0) > max) throw tooBig(max)
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of input) {
      size += chunk.byteLength
      if (size > max) throw tooBig(max)
      chunks.push(chunk)
    }
    return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size)
  }
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
