import { randomUUID } from 'node:crypto'
import { unlinkSync } from 'node:fs'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { join } from 'node:path'

// What is on disk now. A process that ends in the middle of a request takes its files along.
const living = new Set<string>()
let watchesExit = false

/** A file that is being written, which nobody else can read and which was not there before. */
export class TemporaryFile {
  readonly path: string
  readonly #handle: FileHandle

  private constructor(path: string, handle: FileHandle) {
    this.path = path
    this.#handle = handle
  }

  /** Throws the error of `node:fs` where none can be made in `folder`. */
  static async create(folder: string): Promise<TemporaryFile> {
    const path = join(folder, `nuages-${randomUUID()}.upload`)
    const handle = await open(path, 'wx', 0o600)
    living.add(path)
    if (!watchesExit) {
      watchesExit = true
      process.once('exit', removeAll)
    }
    return new TemporaryFile(path, handle)
  }

  async write(chunk: Uint8Array): Promise<void> {
    await this.#handle.writeFile(chunk)
  }

  /** Nothing more will be written. */
  async finish(): Promise<void> {
    await this.#handle.close()
  }

  /** Takes the file away, written to its end or not. */
  async remove(): Promise<void> {
    await this.#handle.close().catch(() => {})
    await removeTemporaryFile(this.path)
  }
}

/** Removes a temporary file; one that is gone already is no error. */
export async function removeTemporaryFile(path: string): Promise<void> {
  living.delete(path)
  try {
    await unlink(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

function removeAll(): void {
  for (const path of living) {
    try {
      unlinkSync(path)
    } catch {
      // it is gone, or nobody is left to be told
    }
  }
}
