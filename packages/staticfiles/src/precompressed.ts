/** A way to compress a static file ahead of time: the name HTTP has for it, and the extension of the file beside. */
export interface Precompression {
  readonly encoding: 'br' | 'gzip' | 'zstd'
  readonly extension: '.br' | '.gz' | '.zst'
}

/** The smaller ones first, as a rule. */
export const precompressions: readonly Precompression[] = [
  { encoding: 'br', extension: '.br' },
  { encoding: 'zstd', extension: '.zst' },
  { encoding: 'gzip', extension: '.gz' },
]

/** What is text, or a format that does not compress itself. */
const compressible = new Set(
  (
    '.atom .bmp .css .csv .eot .geojson .glb .gltf .htm .html .ico .js .json .jsonld .map .md .mjs .otf .rss .svg .tsv .ttf ' +
    '.txt .vtt .wasm .webmanifest .xhtml .xml .xsl .yaml .yml'
  ).split(' '),
)

/** Whether a file with that extension (`'.css'`) may get smaller by compressing it. */
export function isCompressible(extension: string): boolean {
  return compressible.has(extension.toLowerCase())
}
