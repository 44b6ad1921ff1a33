import { connect, type NetConnectOpts, type Socket } from 'node:net'

export interface RawResponse {
  readonly version: string
  readonly status: number
  readonly reason: string
  /** In lower case; repeated ones joined with a line feed. */
  readonly headers: Record<string, string>
  readonly body: Buffer
  /** Whether the body ended as its framing said, and not because the connection did. */
  readonly complete: boolean
}

/** A socket on which a test types bytes and reads responses, one by one, exactly as they are framed. */
export class RawClient {
  readonly socket: Socket
  #received = Buffer.alloc(0)
  #ended = false
  /** What broke the connection, if it did not end in peace. */
  error: Error | undefined
  #notify: (() => void) | undefined

  constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk])
      this.#notify?.()
    })
    socket.on('error', (error) => {
      this.error = error
    })
    for (const event of ['end', 'close', 'error']) {
      socket.on(event, () => {
        this.#ended = true
        this.#notify?.()
      })
    }
  }

  static connect(where: NetConnectOpts): Promise<RawClient> {
    return new Promise((resolve, reject) => {
      const socket = connect({ allowHalfOpen: true, ...where })
      socket.once('error', reject)
      socket.once('connect', () => {
        socket.off('error', reject)
        resolve(new RawClient(socket))
      })
    })
  }

  get hasEnded(): boolean {
    return this.#ended
  }

  send(bytes: string | Uint8Array): void {
    this.socket.write(bytes)
  }

  /** The next response; `method` says how its body is framed. Interim ones (1xx) are responses too. */
  async response(method = 'GET'): Promise<RawResponse> {
    const head = (await this.#take((bytes) => endOf(bytes, '\r\n\r\n'), 'a response head')).toString('latin1')
    const [line = '', ...fields] = head.trimEnd().split('\r\n')
    const [, version = '', status = '', reason = ''] = /^(HTTP\/\d\.\d) (\d{3}) ?(.*)$/.exec(line) ?? []
    const headers: Record<string, string> = {}
    for (const field of fields) {
      const name = field.slice(0, field.indexOf(':')).toLowerCase()
      const value = field.slice(field.indexOf(':') + 1).trim()
      headers[name] = name in headers ? `${headers[name]}\n${value}` : value
    }
    const code = Number(status)
    const bodiless = method === 'HEAD' || code < 200 || code === 204 || code === 304
    const { body, complete } = bodiless ? { body: Buffer.alloc(0), complete: true } : await this.#body(headers)
    return { version, status: code, reason, headers, body, complete }
  }

  /** Everything until the server ends the connection. */
  async rest(): Promise<string> {
    await this.ended()
    const rest = this.#received.toString('latin1')
    this.#received = Buffer.alloc(0)
    return rest
  }

  async ended(): Promise<void> {
    while (!this.#ended) await this.#more()
  }

  close(): void {
    this.socket.destroy()
  }

  async #body(headers: Record<string, string>): Promise<{ body: Buffer; complete: boolean }> {
    if (headers['transfer-encoding'] === 'chunked') return this.#chunked()
    if (headers['content-length'] === undefined)
      return { body: Buffer.from(await this.rest(), 'latin1'), complete: true }
    const size = Number(headers['content-length'])
    while (this.#received.length < size && !this.#ended) await this.#more()
    const body = this.#received.subarray(0, size)
    this.#received = this.#received.subarray(size)
    return { body, complete: body.length === size }
  }

  async #chunked(): Promise<{ body: Buffer; complete: boolean }> {
    const chunks: Buffer[] = []
    try {
      for (;;) {
        const line = await this.#take((bytes) => endOf(bytes, '\r\n'), 'a chunk size')
        const size = Number.parseInt(line.toString('latin1'), 16)
        const chunk = await this.#take((bytes) => (bytes.length >= size + 2 ? size + 2 : -1), 'a chunk')
        if (size === 0) return { body: Buffer.concat(chunks), complete: true }
        chunks.push(chunk.subarray(0, size))
      }
    } catch {
      return { body: Buffer.concat(chunks), complete: false }
    }
  }

  async #take(end: (bytes: Buffer) => number, what: string): Promise<Buffer> {
    for (;;) {
      const size = end(this.#received)
      if (size !== -1) {
        const taken = this.#received.subarray(0, size)
        this.#received = this.#received.subarray(size)
        return taken
      }
      if (this.#ended)
        throw new Error(`The connection ended before ${what}; got ${JSON.stringify(this.#received.toString('latin1'))}`)
      await this.#more()
    }
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#notify = resolve
    })
  }
}

function endOf(bytes: Buffer, mark: string): number {
  const index = bytes.indexOf(mark)
  return index === -1 ? -1 : index + mark.length
}
