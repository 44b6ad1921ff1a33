import { promisify } from 'node:util'
import {
  type BrotliCompress,
  brotliCompress,
  constants,
  createBrotliCompress,
  createGzip,
  createZstdCompress,
  type Gzip,
  gzip,
  type ZstdCompress,
  zstdCompress,
} from 'node:zlib'

const compressGzip = promisify(gzip)
const compressBrotli = promisify(brotliCompress)
const compressZstd = promisify(zstdCompress)

const noBytes = new Uint8Array()

/**
 * A content coding (RFC 9110 §8.4.1). Each has a place where bytes may stand that mean nothing: `padding` of them hide how
 * long the compressed content really is.
 */
export interface ContentCoding {
  compress(content: Uint8Array): Promise<Uint8Array>
  createEngine(): Gzip | BrotliCompress | ZstdCompress
  /** What `engine.flush` is told, so that everything so far can be read by the client. */
  readonly flush: number
  /** The first bytes that the engine gave, with the padding. */
  start(first: Uint8Array, padding: number): Uint8Array
  /** What comes after the last that the engine gave. */
  end(padding: number): Uint8Array
}

/** With padding as the name of the compressed file (RFC 1952 §2.3.1), as Django has it. */
const gzipCoding: ContentCoding = {
  compress: (content) => compressGzip(content),
  createEngine: () => createGzip(),
  flush: constants.Z_SYNC_FLUSH,
  start(first, padding) {
    if (padding === 0) return first
    const [headLength, fileNameFlag] = [10, 0x08]
    const head = Buffer.from(first.subarray(0, headLength))
    head[3]! |= fileNameFlag
    return Buffer.concat([head, Buffer.alloc(padding, 'a'), Buffer.of(0), first.subarray(headLength)])
  },
  end: () => noBytes,
}

const brotliOptions = {
  params: {
    // The default, 11, takes a hundred times as long; 4 is about as small as gzip in less time.
    [constants.BROTLI_PARAM_QUALITY]: 4,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
  },
  // It ends on a whole byte and without the last block, which follows the padding.
  finishFlush: constants.BROTLI_OPERATION_FLUSH,
}

/** With padding as a block of metadata (RFC 7932 §9.2). */
const brotliCoding: ContentCoding = {
  compress: (content) => compressBrotli(content, brotliOptions),
  createEngine: () => createBrotliCompress(brotliOptions),
  flush: constants.BROTLI_OPERATION_FLUSH,
  start: (first) => first,
  end(padding) {
    const lastBlock = 0x03
    if (padding === 0) return Buffer.of(lastBlock)
    // ISLAST 0, MNIBBLES 11 (metadata), reserved 0, MSKIPBYTES 01 (its length takes one byte), then the length less one.
    const head = 0b01_0110 | ((padding - 1) << 6)
    return Buffer.concat([Buffer.of(head & 0xff, head >> 8), Buffer.alloc(padding), Buffer.of(lastBlock)])
  },
}

/** With padding as a frame to be skipped (RFC 8878 §3.1.2). */
const zstdCoding: ContentCoding = {
  compress: (content) => compressZstd(content),
  createEngine: () => createZstdCompress(),
  flush: constants.ZSTD_e_flush,
  start(first, padding) {
    if (padding === 0) return first
    const frame = Buffer.alloc(8 + padding)
    frame.writeUInt32LE(0x184d2a50, 0)
    frame.writeUInt32LE(padding, 4)
    return Buffer.concat([frame, first])
  },
  end: () => noBytes,
}

/** The codings by their names, the ones to be preferred first. */
export const contentCodings = { br: brotliCoding, zstd: zstdCoding, gzip: gzipCoding } as const

export type CodingName = keyof typeof contentCodings

/** The whole content, compressed. */
export async function compressWhole(coding: ContentCoding, content: Uint8Array, padding: number): Promise<Uint8Array> {
  const start = coding.start(await coding.compress(content), padding)
  const end = coding.end(padding)
  return end.length === 0 ? start : Buffer.concat([start, end])
}
