import { crc32 } from 'node:zlib'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

export type Chunk = readonly [type: string, data: Uint8Array]

/** A PNG of these chunks; IEND is added. */
export function writePng(chunks: readonly Chunk[]): Buffer {
  return Buffer.concat([signature, ...[...chunks, ['IEND', new Uint8Array()] as const].map(writeChunk)])
}

/** The header of a PNG of 8 bits a sample. `colour` is 2 for RGB, 3 for a palette. */
export function header(width: number, height: number, colour: 2 | 3): Chunk {
  const data = Buffer.alloc(13)
  data.writeUInt32BE(width, 0)
  data.writeUInt32BE(height, 4)
  data.set([8, colour], 8)
  return ['IHDR', data]
}

function writeChunk([type, data]: Chunk): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

/** The data of all chunks of a type, one after the other. */
export function readChunks(png: Buffer, type: string): Buffer {
  const found: Buffer[] = []
  for (let at = signature.length; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === type) found.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  }
  return Buffer.concat(found)
}
