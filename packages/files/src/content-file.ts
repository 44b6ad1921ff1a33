import type { FileContent } from './file-content.ts'

/** A file made in code, of bytes or of text (as UTF-8): `new ContentFile('a,b', 'report.csv')`. Django's `ContentFile`. */
export class ContentFile implements FileContent {
  readonly name: string
  readonly size: number
  readonly contentType?: string
  readonly #bytes: Uint8Array

  constructor(content: Uint8Array | string, name: string, options: { readonly contentType?: string } = {}) {
    this.#bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
    this.name = name
    this.size = this.#bytes.byteLength
    if (options.contentType !== undefined) this.contentType = options.contentType
  }

  async bytes(): Promise<Uint8Array> {
    return this.#bytes
  }

  async *stream(): AsyncGenerator<Uint8Array, void, undefined> {
    yield this.#bytes
  }
}
