import { FileUploadHandler, type IncomingFile, type UploadContext } from './file-upload-handler.ts'
import { UploadedFile } from './uploaded-file.ts'

/**
 * Keeps files in memory, `maxMemoryFileSize` bytes for all files of a form together. A file that passes what is left is handed
 * on, whole, to the next handler. Django's `MemoryFileUploadHandler`, which decides by the size of the whole body.
 */
export class MemoryFileUploadHandler extends FileUploadHandler {
  #room: number
  #file: IncomingFile | undefined
  #chunks: Uint8Array[] = []
  #size = 0
  #handsOn = false

  constructor(context: Pick<UploadContext, 'maxMemoryFileSize'>) {
    super()
    this.#room = context.maxMemoryFileSize
  }

  override newFile(file: IncomingFile): void {
    this.#file = file
    this.#chunks = []
    this.#size = 0
    this.#handsOn = false
  }

  override receiveDataChunk(chunk: Uint8Array): Uint8Array | undefined {
    if (this.#handsOn) return chunk
    this.#chunks.push(chunk)
    this.#size += chunk.byteLength
    if (this.#size <= this.#room) return undefined
    this.#handsOn = true
    const held = Buffer.concat(this.#chunks, this.#size)
    this.#chunks = []
    return held
  }

  override fileComplete(): UploadedFile | undefined {
    if (this.#handsOn || this.#file === undefined) return undefined
    this.#room -= this.#size
    return new UploadedFile(this.#file.name, this.#file.contentType, this.#chunks, this.#size)
  }

  override fileSkipped(): void {
    this.#chunks = []
  }

  override uploadInterrupted(): void {
    this.#chunks = []
  }
}
