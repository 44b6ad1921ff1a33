import { pipeline } from 'node:stream/promises'
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy'
import { BadRequest, HttpError, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent } from './errors.ts'
import { MultiValueDict } from './multi-value-dict.ts'
import { QueryDict } from './query-dict.ts'
import type { RequestForm } from './request-form.ts'
import type { RequestPolicy } from './request-policy.ts'
import { UploadedFile } from './uploaded-file.ts'

type Chunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>

/**
 * Reads a `multipart/form-data` body (RFC 7578) as it arrives. Throws `RequestDataTooBig`, `TooManyFieldsSent` or
 * `TooManyFilesSent` as soon as a limit is passed, and `BadRequest` where the body is malformed or ends early.
 */
export async function parseMultipart(contentType: string, input: Chunks, policy: RequestPolicy): Promise<RequestForm> {
  const parser = createParser(contentType, policy)
  const form = new MultipartForm(parser, policy)
  const reading = { failed: false }
  try {
    await pipeline(guarded(input, reading), parser)
  } catch (cause) {
    if (cause instanceof HttpError || reading.failed) throw cause
    throw new BadRequest(`The multipart body is malformed: ${(cause as Error).message}`, { cause })
  }
  return form.result()
}

/** Tells a client that went away (`failed`) from a body that is malformed. */
async function* guarded(input: Chunks, reading: { failed: boolean }): AsyncGenerator<Uint8Array> {
  try {
    yield* input
  } catch (error) {
    reading.failed = true
    throw error
  }
}

function createParser(contentType: string, policy: RequestPolicy): BusboyInstance {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      limits: {
        fieldNameSize: 1000,
        fieldSize: policy.maxBodySize,
        fields: policy.maxFields,
        files: policy.maxFiles,
        fileSize: policy.maxFileSize,
        parts: policy.maxFields + policy.maxFiles,
        headerPairs: 50,
        headerSize: 16 * 1024,
      },
    })
  } catch (cause) {
    throw new BadRequest(`The Content-Type of the multipart body is malformed: ${(cause as Error).message}`, { cause })
  }
}

/** What has been read so far, with the totals that the parser itself does not count. */
class MultipartForm {
  readonly #parser: BusboyInstance
  readonly #policy: RequestPolicy
  readonly #fields: [string, string][] = []
  readonly #files: [string, UploadedFile][] = []
  #fieldBytes = 0
  #fileBytes = 0

  constructor(parser: BusboyInstance, policy: RequestPolicy) {
    this.#parser = parser
    this.#policy = policy
    parser.on('field', (name, value, _nameTruncated, truncated) => this.#addField(name, value, truncated))
    parser.on('file', (name, stream, fileName, _encoding, type) => this.#addFile(name, stream, fileName, type))
    const tooMany = `The form has more than ${policy.maxFields} fields, the most this project takes.`
    parser.on('fieldsLimit', () => parser.destroy(new TooManyFieldsSent(tooMany)))
    parser.on('partsLimit', () => parser.destroy(new TooManyFieldsSent(tooMany)))
    parser.on('filesLimit', () =>
      parser.destroy(
        new TooManyFilesSent(`The form has more than ${policy.maxFiles} files, the most this project takes.`),
      ),
    )
  }

  result(): RequestForm {
    return { fields: new QueryDict(this.#fields), files: new MultiValueDict(this.#files) }
  }

  #addField(name: string | undefined, value: string, truncated: boolean): void {
    if (name === undefined) return
    this.#fieldBytes += Buffer.byteLength(name) + Buffer.byteLength(value)
    if (truncated || this.#fieldBytes > this.#policy.maxBodySize) {
      const max = this.#policy.maxBodySize
      this.#parser.destroy(new RequestDataTooBig(`The fields of the form are larger than ${max} bytes.`))
    }
    this.#fields.push([name, value])
  }

  #addFile(name: string | undefined, stream: BusboyFileStream, fileName: string | undefined, type: string): void {
    const chunks: Uint8Array[] = []
    stream.on('error', (error) => this.#parser.destroy(error))
    stream.on('limit', () => this.#tooBig(`A file of the form is larger than ${this.#policy.maxFileSize} bytes.`))
    stream.on('data', (chunk: Buffer) => {
      this.#fileBytes += chunk.byteLength
      if (this.#fileBytes > this.#policy.maxUploadSize) {
        this.#tooBig(`The files of the form are larger than ${this.#policy.maxUploadSize} bytes together.`)
      }
      chunks.push(chunk)
    })
    stream.on('end', () => {
      const safeName = cleanFileName(fileName ?? '')
      // a file input that was left empty sends a part without a name
      if (name !== undefined && safeName !== '') this.#files.push([name, new UploadedFile(safeName, type, chunks)])
    })
  }

  #tooBig(message: string): void {
    this.#parser.destroy(new RequestDataTooBig(message))
  }
}

/** The last component of a client's path, in either notation, without what no file name should hold. */
export function cleanFileName(name: string): string {
  const last = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  const clean = last.replaceAll(/[\0-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').trim()
  return clean === '.' || clean === '..' ? '' : clean.slice(-255)
}
