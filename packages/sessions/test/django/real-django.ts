import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'

export { withoutDjango } from '../../../orm/test/serialization/django/real-django.ts'

export interface DjangoConfig {
  readonly secretKey: string
  readonly database: string
  readonly engine: 'db' | 'signed_cookies' | 'file'
}

export interface DjangoAnswer {
  readonly status: number
  readonly json: Record<string, unknown>
  /** `Set-Cookie` lines. */
  readonly cookies: readonly string[]
}

/** A site made with Django, to which a browser with cookies talks. */
export class DjangoSite {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>
  readonly #reader: Interface
  readonly #lines: AsyncIterator<string>

  constructor(config: DjangoConfig) {
    const script = join(import.meta.dirname, 'django_sessions.py')
    const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONWARNINGS: 'ignore' }
    this.#process = spawn('/usr/bin/python3', [script], { stdio: ['pipe', 'pipe', 'inherit'], env })
    this.#process.once('error', () => {})
    this.#reader = createInterface({ input: this.#process.stdout })
    this.#lines = this.#reader[Symbol.asyncIterator]()
    this.#process.stdin.write(`${JSON.stringify(config)}\n`)
  }

  /** `cookie` is the header as a browser sends it. */
  async ask(path: string, cookie: string, body?: unknown): Promise<DjangoAnswer> {
    this.#process.stdin.write(`${JSON.stringify({ path, cookie, body })}\n`)
    const { value, done } = await this.#lines.next()
    if (done) throw new Error('The process in which Django answers has ended: is python3-django installed?')
    return JSON.parse(value) as DjangoAnswer
  }

  close(): void {
    this.#reader.close()
    this.#process.kill()
  }
}

/** What a browser sends back of `Set-Cookie` lines: names and values as they came. */
export function cookieHeader(lines: readonly string[]): string {
  return lines.map((line) => line.split(';', 1)[0]!).join('; ')
}
