import type { CgiProcess } from './cgi-process.ts'
import { CgiProgramError } from './cgi-program-error.ts'

/** What a program prints after its head, read as fast as the client takes it. Who stops reading, or never begins, ends the program. */
export class CgiBody implements AsyncIterable<Buffer>, AsyncDisposable {
  readonly #process: CgiProcess
  readonly #log: (problem: string) => unknown
  #first: Buffer | undefined

  constructor(first: Buffer, process: CgiProcess, log: (problem: string) => unknown) {
    this.#first = first.length > 0 ? first : undefined
    this.#process = process
    this.#log = log
  }

  [Symbol.asyncIterator](): AsyncIterator<Buffer> {
    return {
      next: () => this.#next(),
      return: async () => {
        this.#process.stop()
        return { done: true, value: undefined }
      },
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.stop()
  }

  async #next(): Promise<IteratorResult<Buffer>> {
    const first = this.#first
    this.#first = undefined
    try {
      const value = first ?? (await this.#process.read())
      return value === undefined ? { done: true, value } : { done: false, value }
    } catch (error) {
      this.#process.stop()
      const isEnd = error instanceof CgiProgramError && error.exitCode !== undefined
      if (!isEnd) throw error
      // All that it had to say has been sent; that it was not content is for the log.
      this.#log(error.message)
      return { done: true, value: undefined }
    }
  }
}
