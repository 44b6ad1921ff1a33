import type { HttpRequest } from '../http-request.ts'
import type { UploadedFile } from './uploaded-file.ts'

/** What a handler is told when a form begins. */
export interface UploadContext {
  readonly request: HttpRequest
  /** Bytes of the whole body, where the client said so. */
  readonly contentLength: number | undefined
  /** The project's `maxMemoryFileSize`, in bytes. */
  readonly maxMemoryFileSize: number
  /** Where temporary files belong: the project's `uploadTempDir`, or the system's folder. */
  readonly temporaryFolder: string
}

/** What is known of a file before its content. All of it is the client's word. */
export interface IncomingFile {
  readonly fieldName: string
  /** Without directories or control characters. */
  readonly name: string
  /** The media type in lower case. */
  readonly contentType: string
  /** The `charset` that came with it, in lower case. */
  readonly charset: string | undefined
}

/** A class of handlers, as the setting `uploadHandlers` lists them: one is made for each form. */
export type UploadHandlerClass = new (context: UploadContext) => FileUploadHandler

/**
 * Takes part in what becomes of the files of a form while they arrive: it may count, check, change or store them. Handlers stand
 * in a chain. Each gets what the one before gave on, and the first that makes a file of it is done. To refuse the whole form a
 * handler throws an error with an answer, such as `PermissionDenied`; to leave a file out, `SkipFile`; to have a file to
 * itself, `StopFutureHandlers` in `newFile`. Django's `FileUploadHandler`.
 */
export abstract class FileUploadHandler {
  /** A file begins. */
  newFile(_file: IncomingFile): void | Promise<void> {}

  /**
   * A piece of the file; `start` is how many bytes of it came before. What it gives back is the piece that the next handler gets;
   * `undefined` where it keeps the piece to itself.
   */
  abstract receiveDataChunk(chunk: Uint8Array, start: number): Uint8Array | undefined | Promise<Uint8Array | undefined>

  /** The file has come to its end, with `size` bytes for this handler: what stands for it in the form, or `undefined`. */
  abstract fileComplete(size: number): UploadedFile | undefined | Promise<UploadedFile | undefined>

  /** The file that was under way is left out: what was kept of it goes. */
  fileSkipped(): void | Promise<void> {}

  /** The form has come to its end. */
  uploadComplete(): void | Promise<void> {}

  /** The form was refused, or the client is gone: what was kept goes. The files of `fileComplete` are closed by the request. */
  uploadInterrupted(): void | Promise<void> {}
}
