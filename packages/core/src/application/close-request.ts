import type { Body, BodyChunk } from '@nuages/gateway'
import type { HttpRequest } from '@nuages/http'
import { logger } from '../log/logger.ts'

/**
 * The body, with the end of the request bound to its own: what the request has on disk goes before a body that is whole is sent,
 * and after one that is streamed, however that ends. Where there is nothing to take away, the body itself.
 */
export function closingWith(request: HttpRequest, body: Body): Body | Promise<Body> {
  if (!request.mayHaveFiles) return body
  if (typeof body === 'string' || body instanceof Uint8Array) return closeRequest(request).then(() => body)
  return new ClosingBody(request, body)
}

/** Takes away what the request has on disk. What fails is logged: the answer is the same. */
export async function closeRequest(request: HttpRequest): Promise<void> {
  try {
    await request.close()
  } catch (error) {
    logger.error({ err: error, path: request.path }, 'The temporary files of a request could not be removed.')
  }
}

type Chunks = Iterable<BodyChunk> | AsyncIterable<BodyChunk>

/** Passes everything through to a body that is streamed, its end above all. */
class ClosingBody implements AsyncIterable<BodyChunk>, AsyncDisposable {
  readonly #request: HttpRequest
  readonly #body: Chunks

  constructor(request: HttpRequest, body: Chunks) {
    this.#request = request
    this.#body = body
  }

  [Symbol.asyncIterator](): AsyncIterator<BodyChunk> {
    const body = this.#body
    const request = this.#request
    const iterator = Symbol.asyncIterator in body ? body[Symbol.asyncIterator]() : body[Symbol.iterator]()
    return {
      async next() {
        try {
          const step = await iterator.next()
          if (step.done) await closeRequest(request)
          return step
        } catch (error) {
          await closeRequest(request)
          throw error
        }
      },
      async return() {
        try {
          await iterator.return?.()
        } finally {
          await closeRequest(request)
        }
        return { done: true, value: undefined }
      },
    }
  }

  /** The server never began it. */
  async [Symbol.asyncDispose](): Promise<void> {
    const body = this.#body as Partial<AsyncDisposable & Disposable>
    try {
      await (body[Symbol.asyncDispose]?.() ?? body[Symbol.dispose]?.())
    } finally {
      await closeRequest(this.#request)
    }
  }
}
