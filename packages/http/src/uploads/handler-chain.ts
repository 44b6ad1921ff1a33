import type { FileUploadHandler, IncomingFile } from './file-upload-handler.ts'
import { SkipFile, StopFutureHandlers } from './upload-signals.ts'
import type { UploadedFile } from './uploaded-file.ts'

/** The handlers of one form, and the files that they have made so far. */
export class HandlerChain {
  readonly #handlers: readonly FileUploadHandler[]
  readonly #files: UploadedFile[] = []

  constructor(handlers: readonly FileUploadHandler[]) {
    this.#handlers = handlers
  }

  /** The file that the handlers make of `chunks`, which are read to their end; `undefined` where they make none. */
  async receive(incoming: IncomingFile, chunks: AsyncIterable<Uint8Array>): Promise<UploadedFile | undefined> {
    const passage = new Passage()
    let isSkipped = !(await unlessSkipped(() => passage.begin(this.#handlers, incoming)))
    for await (const chunk of chunks) {
      if (!isSkipped) isSkipped = !(await unlessSkipped(() => passage.pass(chunk)))
    }
    if (!isSkipped) isSkipped = !(await unlessSkipped(async () => passage.end()))
    if (isSkipped) {
      for (const handler of this.#handlers) await handler.fileSkipped()
      return undefined
    }
    if (passage.file !== undefined) this.#files.push(passage.file)
    return passage.file
  }

  async complete(): Promise<void> {
    for (const handler of this.#handlers) await handler.uploadComplete()
  }

  /** Takes everything back. What fails in one handler keeps no other from doing so; the first such error is thrown. */
  async interrupt(): Promise<void> {
    const steps = [
      ...this.#handlers.map((handler) => async () => handler.uploadInterrupted()),
      ...this.#files.map((file) => async () => file.close()),
    ]
    const results = await Promise.allSettled(steps.map((step) => step()))
    const failed = results.find((result) => result.status === 'rejected')
    if (failed) throw failed.reason
  }
}

/** The way of one file through the handlers that look at it. */
class Passage {
  readonly #handlers: FileUploadHandler[] = []
  /** What each of them was given so far, in bytes. */
  readonly #received: number[] = []
  file: UploadedFile | undefined

  async begin(handlers: readonly FileUploadHandler[], incoming: IncomingFile): Promise<void> {
    for (const handler of handlers) {
      this.#handlers.push(handler)
      this.#received.push(0)
      try {
        await handler.newFile(incoming)
      } catch (error) {
        if (error instanceof StopFutureHandlers) return
        throw error
      }
    }
  }

  async pass(chunk: Uint8Array): Promise<void> {
    let piece: Uint8Array | undefined = chunk
    for (const [index, handler] of this.#handlers.entries()) {
      const start = this.#received[index]!
      this.#received[index] = start + piece.byteLength
      const result: Uint8Array | undefined | Promise<Uint8Array | undefined> = handler.receiveDataChunk(piece, start)
      piece = result instanceof Promise ? await result : result
      if (piece === undefined) return
    }
  }

  async end(): Promise<void> {
    for (const [index, handler] of this.#handlers.entries()) {
      this.file = await handler.fileComplete(this.#received[index]!)
      if (this.file !== undefined) return
    }
  }
}

/** Whether `step` came to its end without leaving the file out. */
async function unlessSkipped(step: () => Promise<void>): Promise<boolean> {
  try {
    await step()
    return true
  } catch (error) {
    if (error instanceof SkipFile) return false
    throw error
  }
}
