import { type ChildProcess, spawn } from 'node:child_process'

interface Message {
  readonly id?: number | string
  readonly method?: string
  readonly params?: { readonly items?: readonly unknown[] }
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

/** A language server in a process of its own, spoken to in JSON-RPC with the framing of the Language Server Protocol. */
export class LanguageServer {
  readonly #process: ChildProcess
  readonly #waiting = new Map<number | string, { resolve(result: unknown): void; reject(error: Error): void }>()
  #received = Buffer.alloc(0)
  #sent = 0

  constructor(command: string, args: readonly string[]) {
    this.#process = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'] })
    this.#process.stdout!.on('data', (chunk: Buffer) => this.#receive(chunk))
    this.#process.on('exit', () => {
      for (const { reject } of this.#waiting.values())
        reject(new Error('The language server ended before it answered.'))
    })
  }

  request(method: string, params: object): Promise<unknown> {
    const id = ++this.#sent
    this.#send({ id, method, params })
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
  }

  notify(method: string, params: object): void {
    this.#send({ method, params })
  }

  stop(): void {
    this.#process.kill()
  }

  #send(message: object): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message })
    this.#process.stdin!.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  }

  #receive(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk])
    for (;;) {
      const end = this.#received.indexOf('\r\n\r\n')
      if (end < 0) return
      const length = Number(/Content-Length: (\d+)/.exec(this.#received.toString('latin1', 0, end))![1])
      if (this.#received.length < end + 4 + length) return
      const body = this.#received.toString('utf8', end + 4, end + 4 + length)
      this.#received = this.#received.subarray(end + 4 + length)
      this.#answer(JSON.parse(body) as Message)
    }
  }

  #answer({ id, method, params, result, error }: Message): void {
    if (id === undefined) return
    if (method !== undefined) {
      // It asks for settings and the like, of which there are none.
      this.#send({ id, result: params?.items ? params.items.map(() => null) : null })
      return
    }
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (error) waiting?.reject(new Error(error.message))
    else waiting?.resolve(result)
  }
}
