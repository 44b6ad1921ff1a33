import { ByteCollector } from '../byte-collector.ts'
import { BadRequest, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent } from '../errors.ts'
import { boundaryOf } from '../media-type.ts'
import { MultiValueDict } from '../multi-value-dict.ts'
import { QueryDict } from '../query-dict.ts'
import type { RequestForm } from '../request-form.ts'
import type { RequestPolicy } from '../request-policy.ts'
import { cleanFileName } from './clean-file-name.ts'
import type { FileUploadHandler } from './file-upload-handler.ts'
import { HandlerChain } from './handler-chain.ts'
import { type Chunks, readParts } from './multipart-parts.ts'
import { type PartHead, readPartHead } from './part-head.ts'
import type { UploadedFile } from './uploaded-file.ts'

/**
 * Reads a `multipart/form-data` body (RFC 7578) as it arrives; `handlers` say what becomes of its files. Throws
 * `RequestDataTooBig`, `TooManyFieldsSent` or `TooManyFilesSent` as soon as a limit is passed, `BadRequest` where the body is
 * malformed or ends early, and what a handler or `input` throws. Then nothing of it is kept.
 */
export async function readMultipartForm(
  contentType: string,
  input: Chunks,
  policy: RequestPolicy,
  handlers: readonly FileUploadHandler[],
): Promise<RequestForm> {
  const boundary = boundaryOf(contentType)
  if (boundary === undefined) throw new BadRequest('The Content-Type of the multipart body has no valid boundary.')
  const chain = new HandlerChain(handlers)
  const form = new MultipartForm(chain, policy)
  try {
    for await (const { headers, content } of readParts(input, boundary)) await form.take(readPartHead(headers), content)
    await chain.complete()
    return form.result()
  } catch (error) {
    // why the form was refused is what matters, and not what went wrong afterwards
    await chain.interrupt().catch(() => {})
    throw error
  }
}

const maxFieldNameSize = 1000

/** What has been read so far, and its totals. */
class MultipartForm {
  readonly #chain: HandlerChain
  readonly #policy: RequestPolicy
  readonly #fields: [string, string][] = []
  readonly #files: [string, UploadedFile][] = []
  #partCount = 0
  #fieldCount = 0
  #fileCount = 0
  #fieldBytes = 0
  #fileBytes = 0

  constructor(chain: HandlerChain, policy: RequestPolicy) {
    this.#chain = chain
    this.#policy = policy
  }

  result(): RequestForm {
    return { fields: new QueryDict(this.#fields), files: new MultiValueDict(this.#files) }
  }

  async take(head: PartHead, content: AsyncIterable<Uint8Array>): Promise<void> {
    const { fieldName, fileName } = head
    this.#partCount += 1
    if (this.#partCount > this.#policy.maxFields + this.#policy.maxFiles) throw tooManyFields(this.#policy.maxFields)
    if (fieldName === undefined) return this.#pass(content)
    if (Buffer.byteLength(fieldName) > maxFieldNameSize) {
      throw new BadRequest(`The name of a field of the form is longer than ${maxFieldNameSize} bytes.`)
    }
    if (fileName === undefined) this.#fields.push([fieldName, await this.#readField(fieldName, head, content)])
    else await this.#readFile(fieldName, fileName, head, content)
  }

  /** A part that belongs to no field is read and forgotten. */
  async #pass(content: AsyncIterable<Uint8Array>): Promise<void> {
    for await (const chunk of content) this.#countFieldBytes(chunk.byteLength)
  }

  async #readField(name: string, head: PartHead, content: AsyncIterable<Uint8Array>): Promise<string> {
    this.#fieldCount += 1
    if (this.#fieldCount > this.#policy.maxFields) throw tooManyFields(this.#policy.maxFields)
    this.#countFieldBytes(Buffer.byteLength(name))
    const value = new ByteCollector()
    for await (const chunk of content) {
      this.#countFieldBytes(chunk.byteLength)
      value.push(chunk)
    }
    return decodeField(value.bytes(), head.charset ?? 'utf-8')
  }

  async #readFile(
    fieldName: string,
    fileName: string,
    head: PartHead,
    content: AsyncIterable<Uint8Array>,
  ): Promise<void> {
    this.#fileCount += 1
    const { maxFiles } = this.#policy
    if (this.#fileCount > maxFiles) {
      throw new TooManyFilesSent(`The form has more than ${maxFiles} files, the most this project takes.`)
    }
    const name = cleanFileName(fileName)
    // a file input that was left empty sends a part without a name
    if (name === '') return this.#pass(content)
    const { contentType, charset } = head
    const file = await this.#chain.receive({ fieldName, name, contentType, charset }, this.#countedFile(content))
    if (file !== undefined) this.#files.push([fieldName, file])
  }

  async *#countedFile(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    const { maxFileSize, maxUploadSize } = this.#policy
    let size = 0
    for await (const chunk of content) {
      size += chunk.byteLength
      this.#fileBytes += chunk.byteLength
      if (size > maxFileSize) throw new RequestDataTooBig(`A file of the form is larger than ${maxFileSize} bytes.`)
      if (this.#fileBytes > maxUploadSize) {
        throw new RequestDataTooBig(`The files of the form are larger than ${maxUploadSize} bytes together.`)
      }
      yield chunk
    }
  }

  #countFieldBytes(size: number): void {
    this.#fieldBytes += size
    const max = this.#policy.maxBodySize
    if (this.#fieldBytes > max) throw new RequestDataTooBig(`The fields of the form are larger than ${max} bytes.`)
  }
}

function tooManyFields(max: number): TooManyFieldsSent {
  return new TooManyFieldsSent(`The form has more than ${max} fields, the most this project takes.`)
}

function decodeField(bytes: Uint8Array, charset: string): string {
  let text: string
  try {
    text = new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new BadRequest(`A field of the form is not ${charset.slice(0, 40)} text.`, { cause })
  }
  if (text.includes('\0')) throw new BadRequest('A field of the form holds a NUL.')
  return text
}
