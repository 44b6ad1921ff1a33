import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApplication } from '@nuages/core'
import { TestDatabase } from '@nuages/testing'
import { type Server, serve } from 'nuages/gateway'
import { fill } from './project/fill.ts'

/** The newspaper's admin on a port of its own, with a fresh database: `root` and `reader` may sign in. */
export class ServedAdmin implements AsyncDisposable {
  readonly #server: Server
  readonly #database: TestDatabase
  readonly #media: string

  private constructor(server: Server, database: TestDatabase, media: string) {
    this.#server = server
    this.#database = database
    this.#media = media
  }

  static async start(port = 0): Promise<ServedAdmin> {
    const media = await mkdtemp(join(tmpdir(), 'nuages-media-'))
    process.env.MEDIA_ROOT = media
    const { default: settings } = await import('./project/settings.ts')
    const database = await TestDatabase.create(settings)
    await database.reset()
    const application = await createApplication(settings)
    await fill()
    return new ServedAdmin(await serve(application, { host: '127.0.0.1', port }), database, media)
  }

  /** The absolute address of a path. */
  address(path: string): string {
    return new URL(path, this.#server.url).href
  }

  /** Gives it a fresh database. */
  async reset(): Promise<void> {
    await this.#database.reset()
    await fill()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.close({ timeoutMs: 1000 })
    await this.#database.close()
    await rm(this.#media, { recursive: true, force: true })
  }
}
