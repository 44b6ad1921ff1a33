import { BodyReader, checkChunk, chunkSize } from './body-reader.ts'
import type { Application, BodyChunk, Environ, StartResponse } from './contract.ts'
import { GatewayContractError, RequestError } from './errors.ts'
import { STATUS_CODES } from './node-http.ts'
import { refusalBody } from './refusal.ts'
import { ResponseHead } from './response-head.ts'

/** Where a response goes that no socket of node's takes: the standard output of a CGI program, a `Response`. */
export interface ResponseSink {
  /** Called once, before any chunk. The fields of the head are complete but for the framing. */
  start(head: ResponseHead): void
  /** What it waits for is the client. `false` where there is none any more. */
  write(chunk: BodyChunk): Promise<boolean>
  /** The response has come to its end. */
  end(): void
  /** It breaks off: nobody is to take it for whole. */
  cut(error: unknown): void
}

/** Calls the application for one request and gives its answer to `sink`, as the contract asks of a server. Never throws. */
export async function answer(application: Application, environ: Environ, sink: ResponseSink): Promise<void> {
  await new Answer(environ, sink).run(application)
}

/** An answer that the server gives in the application's place. */
export async function refuse(sink: ResponseSink, method: string, status: number, reason: string): Promise<void> {
  const body = refusalBody(status, reason)
  const head = new ResponseHead(`${status} ${STATUS_CODES[status]}`, [
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['Content-Length', String(chunkSize(body))],
  ])
  sink.start(head)
  if (method !== 'HEAD') await sink.write(body)
  sink.end()
}

class Answer {
  readonly #environ: Environ
  readonly #sink: ResponseSink
  #head: ResponseHead | undefined
  #isStarted = false
  #body: BodyReader | undefined

  constructor(environ: Environ, sink: ResponseSink) {
    this.#environ = environ
    this.#sink = sink
  }

  async run(application: Application): Promise<void> {
    const stopReading = (): void => this.#body?.close()
    const signal = this.#environ['gateway.signal']
    try {
      const startResponse: StartResponse = (status, headers, error) => this.#startResponse(status, headers, error)
      const body = await application(this.#environ, startResponse)
      signal.addEventListener('abort', stopReading, { once: true })
      if (typeof body === 'string' || body instanceof Uint8Array) await this.#sendWhole(body)
      else if (Array.isArray(body) && body.length < 2) await this.#sendWhole(checkChunk(body[0] ?? ''))
      else await this.#sendIterable(new BodyReader(body, (error) => this.#log(error)))
    } catch (error) {
      await this.#fail(error)
    } finally {
      signal.removeEventListener('abort', stopReading)
    }
  }

  #startResponse(status: string, headers: Parameters<StartResponse>[1], error: unknown): void {
    if (this.#head !== undefined && error === undefined) {
      throw new GatewayContractError(
        'application',
        'startResponse was called twice. Pass the error that replaces the first response as the third argument.',
      )
    }
    if (this.#isStarted) throw error
    this.#head = new ResponseHead(status, headers)
  }

  async #sendWhole(chunk: BodyChunk): Promise<void> {
    const head = this.#requireHead()
    const size = chunkSize(chunk)
    const hasBody = this.#hasBody(head)
    if (hasBody) head.expectSize(size)
    const mayHaveLength = !head.isBodiless && head.contentLength === undefined && (hasBody || size > 0)
    if (mayHaveLength) head.fields.push('Content-Length', String(size))
    this.#start(head)
    if (hasBody && size > 0) await this.#sink.write(chunk)
    this.#sink.end()
  }

  async #sendIterable(body: BodyReader): Promise<void> {
    this.#body = body
    if (this.#environ['gateway.signal'].aborted) return body.close()
    let sent = 0
    for (let chunk = await body.next(); chunk !== undefined; chunk = await body.next()) {
      const size = chunkSize(chunk)
      if (size === 0) continue
      const head = this.#requireHead()
      if (!this.#isStarted) this.#start(head)
      if (!this.#hasBody(head)) break
      sent += size
      head.expectAtMost(sent)
      if (!(await this.#sink.write(chunk))) return body.close()
    }
    const { aborted, reason } = this.#environ['gateway.signal']
    if (aborted) throw reason
    const head = this.#requireHead()
    if (!this.#isStarted) return this.#sendWhole('')
    if (this.#hasBody(head)) head.expectSize(sent)
    body.close()
    this.#sink.end()
  }

  #start(head: ResponseHead): void {
    this.#sink.start(head)
    this.#isStarted = true
  }

  #hasBody(head: ResponseHead): boolean {
    return !head.isBodiless && this.#environ.REQUEST_METHOD !== 'HEAD'
  }

  #requireHead(): ResponseHead {
    if (this.#head) return this.#head
    throw new GatewayContractError(
      'application',
      'it gave a body before it called startResponse. Call startResponse(status, headers) first.',
    )
  }

  async #fail(error: unknown): Promise<void> {
    this.#body?.close()
    const { aborted, reason } = this.#environ['gateway.signal']
    const refusal = error instanceof RequestError && error.code !== 'input-already-read' ? error : undefined
    const isExpected = refusal !== undefined || (aborted && (error === reason || isAbort(error)))
    if (!isExpected) this.#log(error)
    if (this.#isStarted) return this.#sink.cut(error)
    this.#isStarted = true
    const status = refusal?.status ?? 500
    const { REQUEST_METHOD: method } = this.#environ
    await refuse(this.#sink, method, status, refusal?.message ?? 'the application failed, and its log says why')
  }

  #log(error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? String(error)) : String(error)
    const { REQUEST_METHOD, SCRIPT_NAME, PATH_INFO } = this.#environ
    this.#environ['gateway.errors'].write(`${REQUEST_METHOD} ${SCRIPT_NAME}${PATH_INFO}: ${text}\n`)
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}
