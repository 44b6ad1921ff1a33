let mimeTypes: Promise<typeof import('mime-types')> | undefined

/** The `Content-Type` of a file, as its name tells. The table of types is loaded when it is first asked for. */
export async function contentTypeOf(name: string): Promise<string> {
  mimeTypes ??= import('mime-types')
  return (await mimeTypes).contentType(name) || 'application/octet-stream'
}
