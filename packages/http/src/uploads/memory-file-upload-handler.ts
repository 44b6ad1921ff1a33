import { ByteCollector } from '../byte-collector.ts'
import { FileUploadHandler, type IncomingFile, type UploadContext } from './file-upload-handler.ts'
import { UploadedFile } from './uploaded-file.ts'

/**
 * Keeps files in memory, `maxMemoryFileSize` bytes for all files of a form together. A file that passes what is left is handed
 * on, whole, to the next handler. Django's `MemoryFileUploadHandler`, which decides by the size of the whole body.
 */
export class MemoryFileUploadHandler extends FileUploadHandler {
  #room: number
  #file: IncomingFile | undefined
  #content = new ByteCollector()
  #handsOn = false

  constructor(context: Pick<UploadContext, 'maxMemoryFileSize'>) {
    super()
    this.#room = context.maxMemoryFileSize
  }

  override newFile(file: IncomingFile): void {
    this.#file = file
    this.#content = new ByteCollector()
    this.#handsOn = false
  }

  override receiveDataChunk(chunk: Uint8Array): Uint8Array | undefined {
    if (this.#handsOn) return chunk
    this.#content.push(chunk)
    if (this.#content.size <= this.#room) return undefined
    this.#handsOn = true
    const held = this.#content.bytes()
    this.#content = new ByteCollector()
    return held
  }

  override fileComplete(): UploadedFile | undefined {
    if (this.#handsOn || this.#file === undefined) return undefined
    this.#room -= this.#content.size
    return new UploadedFile(this.#file.name, this.#file.contentType, this.#content.chunks())
  }

  override fileSkipped(): void {
    this.#content = new ByteCollector()
  }

  override uploadInterrupted(): void {
    this.#content = new ByteCollector()
  }
}
