import { deflateSync, inflateSync } from 'node:zlib'
import { header, readChunks, writePng } from './png-chunks.ts'

/**
 * The same picture in fewer bytes: with a palette where it has at most 256 colours, or has them once they are rounded a
 * little; as it is where it has more.
 */
export function shrinkPng(png: Buffer): Buffer {
  const head = readChunks(png, 'IHDR')
  const [width, height, depth, colour] = [head.readUInt32BE(0), head.readUInt32BE(4), head[8], head[9]]
  if (depth !== 8 || (colour !== 2 && colour !== 6)) return png
  const pixels = readPixels(inflateSync(readChunks(png, 'IDAT')), width, height, colour === 6 ? 4 : 3)
  for (const step of [1, 2, 4, 8]) {
    const small = withPalette(pixels, width, height, step)
    if (small !== undefined && small.length < png.length) return small
  }
  return png
}

/** Takes the filters off the lines: three bytes a pixel. */
function readPixels(raw: Buffer, width: number, height: number, size: number): Buffer {
  const stride = width * size
  const lines = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)]
    for (let x = 0; x < stride; x++) {
      const left = x >= size ? lines[y * stride + x - size]! : 0
      const above = y > 0 ? lines[(y - 1) * stride + x]! : 0
      const corner = x >= size && y > 0 ? lines[(y - 1) * stride + x - size]! : 0
      const predicted = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter ?? 0]!
      lines[y * stride + x] = raw[y * (stride + 1) + 1 + x]! + predicted
    }
  }
  return size === 3 ? lines : Buffer.from(lines.filter((_byte, index) => index % 4 !== 3))
}

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)]
  if (a <= b && a <= c) return left
  return b <= c ? above : corner
}

function withPalette(pixels: Buffer, width: number, height: number, step: number): Buffer | undefined {
  const places = new Map<number, number>()
  const colours: number[] = []
  const lines = Buffer.alloc((width + 1) * height)
  for (let pixel = 0; pixel < width * height; pixel++) {
    const exact = [pixels[pixel * 3]!, pixels[pixel * 3 + 1]!, pixels[pixel * 3 + 2]!]
    const [red = 0, green = 0, blue = 0] = exact.map((value) => Math.round(value / step))
    const key = (red << 16) | (green << 8) | blue
    let place = places.get(key)
    if (place === undefined) {
      if (places.size === 256) return undefined
      place = places.size
      places.set(key, place)
      colours.push(...exact)
    }
    lines[Math.floor(pixel / width) * (width + 1) + 1 + (pixel % width)] = place
  }
  return writePng([
    header(width, height, 3),
    ['PLTE', Buffer.from(colours)],
    ['IDAT', deflateSync(lines, { level: 9 })],
  ])
}
