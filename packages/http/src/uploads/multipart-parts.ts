import type { Readable } from 'node:stream'
import type { Dicer } from '@fastify/busboy'
import { BadRequest } from '../errors.ts'
import type { PartHeaders } from './part-head.ts'

export type Chunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>

/** One part of a multipart body. The next one comes when its content has been read to the end. */
export interface Part {
  readonly headers: PartHeaders
  readonly content: AsyncIterable<Uint8Array>
}

const maxHeaderPairs = 50
const maxHeaderSize = 16 * 1024

/**
 * The parts of a multipart body (RFC 2046 §5.1) in turn, as they arrive. Throws `BadRequest` where the body is malformed, ends
 * early or has a part whose headers are too large, and what `input` throws as it is.
 */
export async function* readParts(input: Chunks, boundary: string): AsyncGenerator<Part, void, undefined> {
  const busboy = await import('@fastify/busboy')
  const reader = new PartReader(busboy.Dicer, input, boundary)
  try {
    for (;;) {
      const part = await reader.next()
      if (part === undefined) return
      yield part
    }
  } finally {
    reader.stop()
  }
}

interface OpenPart {
  readonly headers: PartHeaders
  readonly stream: Readable
}

/** Runs the parser, which pushes, beside its reader, which pulls. */
class PartReader {
  readonly #dicer: Dicer
  readonly #parts: OpenPart[] = []
  #current: OpenPart | undefined
  #isDone = false
  #failure: unknown
  #wake: (() => void) | undefined
  #resume: (() => void) | undefined
  #caughtUp: (() => void) | undefined

  constructor(Parser: typeof Dicer, input: Chunks, boundary: string) {
    // more than is taken of both, so that the parser, which cuts them off in silence, shows that there is more
    const config = { boundary, maxHeaderPairs: maxHeaderPairs + 1, maxHeaderSize: maxHeaderSize + 512 }
    this.#dicer = new Parser(config)
    this.#dicer.on('part', (stream) => {
      // what breaks a part breaks the body, and is told there
      stream.on('error', () => {})
      stream.once('header', (headers) => {
        this.#parts.push({ headers: headers as PartHeaders, stream })
        this.#wake?.()
      })
    })
    this.#dicer.on('finish', () => this.#end(undefined))
    this.#dicer.on('error', (error: Error) => this.#end(malformed(error)))
    this.#pump(input).catch((error: unknown) => {
      this.#end(error)
      this.#current?.stream.destroy(error as Error)
    })
  }

  async next(): Promise<Part | undefined> {
    while (this.#parts.length === 0 && !this.#isDone) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    const part = this.#parts.shift()
    if (part === undefined) {
      if (this.#failure !== undefined) throw this.#failure
      return undefined
    }
    this.#current = part
    if (this.#parts.length === 0) this.#caughtUp?.()
    checkSize(part.headers)
    return { headers: part.headers, content: this.#contentOf(part.stream) }
  }

  stop(): void {
    this.#end(undefined)
    this.#dicer.destroy()
    this.#current?.stream.destroy()
    for (const { stream } of this.#parts) stream.destroy()
  }

  /** Feeds the parser until it has seen the end of the last part; what follows that is nobody's. */
  async #pump(input: Chunks): Promise<void> {
    for await (const chunk of input) {
      await this.#write(chunk)
      // the parser makes a stream of every part, and waits only for large ones
      while (this.#parts.length > 0 && !this.#isDone) await this.#catchUp()
      if (this.#isDone) return
    }
    this.#dicer.end()
  }

  /** Resolves when the parser wants more, or nothing any more: one that ends while it is paused does not say so by itself. */
  #write(chunk: Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      this.#resume = resolve
      this.#dicer.write(chunk, () => resolve())
    })
  }

  #catchUp(): Promise<void> {
    return new Promise((resolve) => {
      this.#caughtUp = resolve
    })
  }

  async *#contentOf(stream: Readable): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield* stream
    } catch (error) {
      throw this.#failure ?? malformed(error as Error)
    }
  }

  #end(failure: unknown): void {
    if (this.#isDone) return
    this.#isDone = true
    this.#failure = failure
    this.#resume?.()
    this.#caughtUp?.()
    this.#wake?.()
  }
}

function malformed(cause: Error): BadRequest {
  return new BadRequest(`The multipart body is malformed: ${cause.message}`, { cause })
}

function checkSize(headers: PartHeaders): void {
  let pairs = 0
  let size = 0
  for (const [name, values] of Object.entries(headers)) {
    for (const value of values) {
      pairs += 1
      size += name.length + value.length + 4
    }
  }
  if (pairs > maxHeaderPairs) throw new BadRequest(`A part of the form has more than ${maxHeaderPairs} headers.`)
  if (size > maxHeaderSize)
    throw new BadRequest(`The headers of a part of the form are larger than ${maxHeaderSize} bytes.`)
}
