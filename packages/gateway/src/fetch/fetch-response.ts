import type { ResponseSink } from '../answer.ts'
import type { BodyChunk } from '../contract.ts'
import type { ResponseHead } from '../response-head.ts'

const encoder = new TextEncoder()

/** Makes a `Response` of what an application answers; its body is produced as fast as it is read, and no faster. */
export class FetchResponse implements ResponseSink {
  readonly #method: string
  readonly #onCancel: () => void
  readonly #response = Promise.withResolvers<Response>()
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined
  #wanted: PromiseWithResolvers<boolean> | undefined
  #isOver = false

  /** `onCancel` is called when whoever reads the body stops before its end. */
  constructor(method: string, onCancel: () => void) {
    this.#method = method
    this.#onCancel = onCancel
  }

  /** Resolves when the response starts. */
  get response(): Promise<Response> {
    return this.#response.promise
  }

  start(head: ResponseHead): void {
    const headers = new Headers()
    for (let at = 0; at < head.fields.length; at += 2) headers.append(head.fields[at]!, head.fields[at + 1]!)
    const hasBody = !head.isBodiless && this.#method !== 'HEAD' && head.code !== 205
    const body = hasBody ? this.#stream() : null
    this.#response.resolve(new Response(body, { status: head.code, statusText: head.reason, headers }))
  }

  write(chunk: BodyChunk): Promise<boolean> {
    if (this.#isOver) return Promise.resolve(false)
    this.#controller?.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk)
    if ((this.#controller?.desiredSize ?? 1) > 0) return Promise.resolve(true)
    this.#wanted = Promise.withResolvers()
    return this.#wanted.promise
  }

  end(): void {
    if (!this.#isOver) this.#controller?.close()
    this.#isOver = true
  }

  cut(error: unknown): void {
    if (!this.#isOver) this.#controller?.error(error)
    this.#isOver = true
  }

  #stream(): ReadableStream<Uint8Array> {
    return new ReadableStream({
      start: (controller) => {
        this.#controller = controller
      },
      pull: () => this.#wanted?.resolve(true),
      cancel: () => {
        this.#isOver = true
        this.#onCancel()
        this.#wanted?.resolve(false)
      },
    })
  }
}
