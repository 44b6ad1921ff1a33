import { FileUploadHandler, type IncomingFile, type UploadContext } from './file-upload-handler.ts'
import { TemporaryFile } from './temporary-file.ts'
import { TemporaryUploadedFile } from './temporary-uploaded-file.ts'

/**
 * Writes files to `uploadTempDir`, where the process alone can read them until the request has been answered. It makes no file on
 * disk for what a handler before it keeps. Django's `TemporaryFileUploadHandler`.
 */
export class TemporaryFileUploadHandler extends FileUploadHandler {
  readonly #folder: string
  #incoming: IncomingFile | undefined
  #file: TemporaryFile | undefined

  constructor(context: Pick<UploadContext, 'temporaryFolder'>) {
    super()
    this.#folder = context.temporaryFolder
  }

  override newFile(file: IncomingFile): void {
    this.#incoming = file
  }

  override async receiveDataChunk(chunk: Uint8Array): Promise<undefined> {
    this.#file ??= await TemporaryFile.create(this.#folder)
    await this.#file.write(chunk)
    return undefined
  }

  override async fileComplete(size: number): Promise<TemporaryUploadedFile | undefined> {
    if (this.#incoming === undefined) return undefined
    this.#file ??= await TemporaryFile.create(this.#folder)
    await this.#file.finish()
    const { path } = this.#file
    this.#file = undefined
    return new TemporaryUploadedFile(this.#incoming.name, this.#incoming.contentType, path, size)
  }

  override fileSkipped(): Promise<void> {
    return this.#drop()
  }

  override uploadInterrupted(): Promise<void> {
    return this.#drop()
  }

  async #drop(): Promise<void> {
    const file = this.#file
    this.#file = undefined
    await file?.remove()
  }
}
