import { extname } from 'node:path'
import type { Duplex, Transform } from 'node:stream'
import { createGunzip, createGzip, createZstdCompress, createZstdDecompress } from 'node:zlib'

const codecs: Readonly<Record<string, { readonly write: () => Transform; readonly read: () => Transform }>> = {
  '.gz': { write: createGzip, read: createGunzip },
  '.zst': { write: createZstdCompress, read: createZstdDecompress },
}

/** How files are compressed, by the end of their names. */
export const compressions: readonly string[] = Object.keys(codecs)

/** The end of a file's name that says how it is compressed; `''` where it is not. */
export function compressionOf(path: string): string {
  const ending = extname(path).toLowerCase()
  return ending in codecs ? ending : ''
}

/** What compresses for a file of that name; `undefined` where nothing does. */
export function compressor(path: string): Duplex | undefined {
  return codecs[compressionOf(path)]?.write()
}

/** What undoes that. */
export function decompressor(path: string): Duplex | undefined {
  return codecs[compressionOf(path)]?.read()
}
