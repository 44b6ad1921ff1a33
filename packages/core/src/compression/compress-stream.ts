import { once } from 'node:events'
import type { BodyChunk } from '@nuages/gateway'
import type { StreamingContent } from '@nuages/http'
import type { ContentCoding } from './content-codings.ts'

/**
 * What a response streams, compressed. It is read no faster than the client takes it, and what an asynchronous source gives
 * is sent on at once: a client that waits for an event has all of it. Where the client goes away, the source is closed.
 */
export function compressStream(
  coding: ContentCoding,
  content: StreamingContent,
  padding: number,
): AsyncIterable<Uint8Array> {
  // No generator: that one could not be closed while it waits for a source that has nothing to say.
  return { [Symbol.asyncIterator]: () => new CompressedStream(coding, content, padding) }
}

class CompressedStream implements AsyncIterator<Uint8Array, undefined> {
  readonly #coding: ContentCoding
  readonly #padding: number
  readonly #source: AsyncIterator<BodyChunk> | Iterator<BodyChunk>
  readonly #isLive: boolean
  readonly #engine: ReturnType<ContentCoding['createEngine']>
  readonly #parts: AsyncIterator<Uint8Array>
  #feeding: Promise<void> | undefined
  #state: 'start' | 'middle' | 'ended' | 'closed' = 'start'

  constructor(coding: ContentCoding, content: StreamingContent, padding: number) {
    this.#coding = coding
    this.#padding = padding
    this.#isLive = Symbol.asyncIterator in content
    this.#source =
      Symbol.asyncIterator in content
        ? content[Symbol.asyncIterator]()
        : (content as Iterable<BodyChunk>)[Symbol.iterator]()
    this.#engine = coding.createEngine()
    this.#parts = this.#engine[Symbol.asyncIterator]()
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.#feeding ??= this.#feed()
    if (this.#state === 'ended' || this.#state === 'closed') return { done: true, value: undefined }
    const isFirst = this.#state === 'start'
    this.#state = 'middle'
    try {
      const { done, value } = await this.#parts.next()
      if (!done) return { done: false, value: isFirst ? this.#coding.start(value, this.#padding) : value }
      this.#state = 'ended'
      const end = this.#coding.end(this.#padding)
      return end.length === 0 ? { done: true, value: undefined } : { done: false, value: end }
    } catch (error) {
      if ((this.#state as string) === 'closed') return { done: true, value: undefined }
      await this.return()
      throw error
    }
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#state = 'closed'
    this.#engine.destroy()
    await this.#source.return?.()
    return { done: true, value: undefined }
  }

  /** Gives the engine what the source has. A failure is the engine's then, and so who reads it is told. */
  async #feed(): Promise<void> {
    const engine = this.#engine
    try {
      for (let step = await this.#source.next(); !step.done; step = await this.#source.next()) {
        if (engine.destroyed) return
        const chunk = typeof step.value === 'string' ? Buffer.from(step.value) : step.value
        if (chunk.length === 0) continue
        const isFull = !engine.write(chunk)
        if (this.#isLive) engine.flush(this.#coding.flush)
        if (isFull) await once(engine, 'drain')
      }
      engine.end()
    } catch (error) {
      engine.destroy(error as Error)
    }
  }
}
