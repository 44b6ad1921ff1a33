import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type { Answer, Request } from './worker.ts'

/** A contender in a process of its own: what one does to the heap and the compiler of JavaScript is not the others' to pay. */
export class ContenderProcess {
  readonly name: string
  readonly #child: ChildProcess

  private constructor(name: string, child: ChildProcess) {
    this.name = name
    this.#child = child
  }

  static async start(vendor: string, name: string, target: string): Promise<ContenderProcess> {
    const child = fork(join(import.meta.dirname, 'worker.ts'), [vendor, name, target], {
      env: { ...process.env, NODE_ENV: 'production' },
    })
    const started = new ContenderProcess(name, child)
    await started.#answer()
    return started
  }

  /** What the worker answers; `undefined` where the contender has no such task. */
  async ask(request: Request): Promise<unknown> {
    this.#child.send(request)
    return this.#answer()
  }

  stop(): void {
    if (this.#child.connected) this.#child.disconnect()
  }

  #answer(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const ended = (): void => reject(new Error(`${this.name} ended before it answered.`))
      this.#child.once('exit', ended)
      this.#child.once('message', (answer: Answer) => {
        this.#child.off('exit', ended)
        if ('error' in answer) reject(new Error(`${this.name}: ${answer.error}`))
        else resolve(answer.value)
      })
    })
  }
}
