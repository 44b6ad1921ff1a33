import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'

/** What one process has done. */
export interface Outcome {
  readonly own: readonly string[]
  readonly count: number
  readonly outcomes: readonly string[]
}

/** A process that runs tasks, one after another. */
export class WorkerProcess {
  readonly #process: ChildProcessByStdio<Writable, Readable, Readable>
  readonly #lines: AsyncIterator<string>
  #problem = ''

  constructor() {
    const script = join(import.meta.dirname, 'session-worker.ts')
    this.#process = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'pipe'] })
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]()
    this.#process.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#problem += text
    })
  }

  async run(task: object): Promise<Outcome> {
    this.#process.stdin.write(`${JSON.stringify(task)}\n`)
    const { value, done } = await this.#lines.next()
    if (done) throw new Error(`A worker failed:\n${this.#problem}`)
    return JSON.parse(value) as Outcome
  }

  close(): void {
    this.#process.kill()
  }
}
