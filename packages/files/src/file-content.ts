/** A file's content on its way: an upload, a `ContentFile`, the platform's own `File`. */
export interface FileContent {
  /** The file's own name. It may be a visitor's word: storages make it valid. */
  readonly name: string
  /** In bytes. */
  readonly size: number
  /** The media type that whoever made it claims. */
  readonly contentType?: string
  /** A file on this machine that holds the content and nobody writes to any more, if there is one. */
  readonly temporaryPath?: string | undefined
  /** The content from its beginning; it may be asked for again. */
  stream(): AsyncIterable<Uint8Array>
  bytes(): Promise<Uint8Array>
}

export function isFileContent(value: unknown): value is FileContent {
  if (typeof value !== 'object' || value === null) return false
  const { name, size, stream, bytes } = value as Partial<Record<keyof FileContent, unknown>>
  return (
    typeof name === 'string' && typeof size === 'number' && typeof stream === 'function' && typeof bytes === 'function'
  )
}
