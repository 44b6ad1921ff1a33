/** A file that was sent: http's `UploadedFile` is one, and so is any `FileContent` of `nuages/files`. */
export interface Upload {
  readonly name: string
  readonly size: number
  bytes(): Promise<Uint8Array>
  stream(): AsyncIterable<Uint8Array>
}

/** What a file field holds: a file that was sent, or one that was there before. */
export type FormFile = Omit<Upload, 'size'>
