import { createReadStream, createWriteStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { extname } from 'node:path'
import type { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createBrotliCompress, createGzip, createZstdCompress } from 'node:zlib'
import { isCompressible, type Precompression } from '../precompressed.ts'
import { inParallel } from './in-parallel.ts'
import { copyWhole, isSameTime, writeWhole } from './write-whole.ts'

/** Files with one content: the first is compressed, the others get copies. */
export type SameFiles = readonly string[]

/** In bytes: what is smaller travels in one packet whether it is compressed or not. */
const worthwhileSize = 256
/** They share libuv's four threads, and each may hold tens of megabytes. */
const atOnce = Math.min(4, availableParallelism())

const compressors: Readonly<Record<Precompression['encoding'], (size: number) => Transform>> = {
  br: (size) =>
    createBrotliCompress({
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: size },
    }),
  gzip: () => createGzip({ level: 9 }),
  zstd: (size) => createZstdCompress({ pledgedSrcSize: size, params: { [constants.ZSTD_c_compressionLevel]: 19 } }),
}

/**
 * Puts compressed files beside those of `groups` where that makes them smaller, as hard as it goes: it is done once for all
 * visitors. What is up to date stays. The same content always gives the same bytes. Paths in `taken` are files of the project, and left alone. Answers with the paths that were written.
 */
export async function precompress(
  groups: readonly SameFiles[],
  precompressions: readonly Precompression[],
  taken: ReadonlySet<string>,
): Promise<string[]> {
  const work = groups
    .filter(([file]) => isCompressible(extname(file!)))
    .flatMap((files) => precompressions.map((precompression) => ({ files, precompression })))
    .filter(({ files, precompression }) => !files.some((file) => taken.has(file + precompression.extension)))
  return (await inParallel(work, atOnce, ({ files, precompression }) => compressGroup(files, precompression))).flat()
}

async function compressGroup(files: SameFiles, { encoding, extension }: Precompression): Promise<string[]> {
  const sources = await Promise.all(files.map(async (file) => ({ file, stats: await stat(file) })))
  if (sources[0]!.stats.size < worthwhileSize) return []
  const states = await Promise.all(
    sources.map(async ({ file, stats }) => {
      const beside = await stat(file + extension).catch(() => undefined)
      return beside !== undefined && isSameTime(beside.mtimeMs, stats.mtimeMs)
    }),
  )
  if (states.every(Boolean)) return []
  const [first, ...others] = sources as [(typeof sources)[number], ...typeof sources]
  const target = first.file + extension
  const { size, mtimeMs } = first.stats
  const fill = async (draft: string): Promise<boolean> => {
    await pipeline(createReadStream(first.file), compressors[encoding](size), createWriteStream(draft))
    return (await stat(draft)).size < size
  }
  if (!(await writeWhole(target, fill, mtimeMs))) {
    await Promise.all(files.map((file) => rm(file + extension, { force: true })))
    return []
  }
  for (const { file, stats } of others) await copyWhole(target, file + extension, stats.mtimeMs)
  return files.map((file) => file + extension)
}

/** Removes what was compressed of a former content: a server would go on to send it. */
export async function removePrecompressed(file: string, precompressions: readonly Precompression[]): Promise<void> {
  await Promise.all(precompressions.map(({ extension }) => rm(file + extension, { force: true })))
}
