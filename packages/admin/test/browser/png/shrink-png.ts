import { deflateSync, inflateSync } from 'node:zlib'
import { header, readChunks, writePng } from './png-chunks.ts'

/**
 * The same picture in fewer bytes: with a palette of 256 of its colours, which for pages of text is as good as all of them; as it is where it has very many.
 */
export function shrinkPng(png: Buffer): Buffer {
  const head = readChunks(png, 'IHDR')
  const [width, height, depth, colour] = [head.readUInt32BE(0), head.readUInt32BE(4), head[8], head[9]]
  if (depth !== 8 || (colour !== 2 && colour !== 6)) return png
  const pixels = readPixels(inflateSync(readChunks(png, 'IDAT')), width, height, colour === 6 ? 4 : 3)
  const small = withPalette(pixels, width, height)
  return small !== undefined && small.length < png.length ? small : png
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

/** With the 256 colours that it has most of, and for each other one the nearest of them. */
function withPalette(pixels: Buffer, width: number, height: number): Buffer | undefined {
  const counts = new Map<number, number>()
  for (let pixel = 0; pixel < width * height; pixel++) {
    const colour = pixels.readUIntBE(pixel * 3, 3)
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  if (counts.size > mostColours) return undefined
  const palette = commonest(counts)
  const places = new Map([...counts.keys()].map((colour) => [colour, nearest(palette, colour)]))
  const lines = Buffer.alloc((width + 1) * height)
  for (let pixel = 0; pixel < width * height; pixel++) {
    lines[Math.floor(pixel / width) * (width + 1) + 1 + (pixel % width)] = places.get(pixels.readUIntBE(pixel * 3, 3))!
  }
  const entries = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))
  return writePng([header(width, height, 3), ['PLTE', entries], ['IDAT', deflateSync(lines, { level: 9 })]])
}

/** 256 colours: first the commonest of each region of the colour space, so that a rare green stays green. */
function commonest(counts: ReadonlyMap<number, number>): readonly number[] {
  const colours = [...counts].sort(([, a], [, b]) => b - a).map(([colour]) => colour)
  const regions = new Map<number, number>()
  for (const colour of colours) if (!regions.has(colour & 0xf0f0f0)) regions.set(colour & 0xf0f0f0, colour)
  return [...new Set([...regions.values(), ...colours])].slice(0, 256)
}

/** More than this are a photograph or a gradient, which a palette would spoil. */
const mostColours = 6000

function nearest(palette: readonly number[], colour: number): number {
  let best = 0
  for (const [place, candidate] of palette.entries()) {
    if (distance(candidate, colour) < distance(palette[best]!, colour)) best = place
  }
  return best
}

function distance(a: number, b: number): number {
  const [red, green, blue] = [(a >> 16) - (b >> 16), ((a >> 8) & 255) - ((b >> 8) & 255), (a & 255) - (b & 255)]
  return red * red + green * green + blue * blue
}
