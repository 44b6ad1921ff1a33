import { deflateSync } from 'node:zlib'
import { header, writePng } from '../png/png-chunks.ts'

/** A PNG of a sky: 320 by 200 pixels, dawn at the bottom. */
export function picture(): Uint8Array {
  const [width, height] = [320, 200]
  const rows = Buffer.alloc((width * 3 + 1) * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cloud = Math.hypot((x - 120) / 90, (y - 120) / 30) < 1 || Math.hypot((x - 200) / 60, (y - 130) / 26) < 1
      const colour = cloud ? [246, 248, 252] : [150 + y / 2, 185 + y / 6, 232 - y / 8]
      rows.set(colour.map(Math.round), y * (width * 3 + 1) + 1 + x * 3)
    }
  }
  return writePng([header(width, height, 2), ['IDAT', deflateSync(rows)]])
}
