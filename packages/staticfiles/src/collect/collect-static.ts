import type { Stats } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { settings } from '@nuages/core'
import { safeJoin } from '@nuages/http'
import { StaticRootError } from '../errors.ts'
import { type ListedStatic, listStatic } from '../list-static.ts'
import { manifestName, manifestText } from '../manifest/static-manifest.ts'
import { type Precompression, precompressions } from '../precompressed.ts'
import { type HashedStatic, hashFiles } from './hash-files.ts'
import { defaultIgnorePatterns, ignoring } from './ignore-patterns.ts'
import { inParallel } from './in-parallel.ts'
import { precompress, removePrecompressed, type SameFiles } from './precompress.ts'
import { refuseSources } from './refuse-sources.ts'
import { removeOthers } from './remove-others.ts'
import { copyWhole, isSameTime, sweepDrafts, writeContent } from './write-whole.ts'

export interface CollectOptions {
  /** Tells what would be done and does none of it; references are looked into all the same. */
  readonly dryRun?: boolean
  /** Writes everything anew, and then removes what is there besides: files that no longer exist, and former versions. */
  readonly clear?: boolean
  /** Shell-like patterns of files that are left out, besides `CVS` and `*~`. */
  readonly ignore?: readonly string[]
  /** Whether files also get names with a hash of their content, and a manifest of them. Default: true. */
  readonly postProcess?: boolean
  /** Whether a reference to a file that is not there is an error. Default: true. */
  readonly strict?: boolean
  /** What to put beside compressible files. Default: all. */
  readonly precompress?: readonly Precompression['encoding'][]
}

export interface CollectResult {
  /** Paths that were copied. */
  readonly copied: readonly string[]
  /** Paths that were there already, the same. */
  readonly unchanged: readonly string[]
  /** Names with a hash that were written; those of unchanged files were there before. */
  readonly hashed: readonly string[]
  /** Compressed files that were written. */
  readonly compressed: readonly string[]
  /** What somebody should look at, a sentence each. */
  readonly warnings: readonly string[]
}

const copiesAtOnce = 8

/**
 * Copies every static file into one folder, from where a server such as nginx sends them: under its own name, under one with
 * a hash of its content, and compressed. The manifest of the hashed names is written last, so who follows it finds every file.
 * Former hashed files stay, for pages that are still open somewhere. A run that was killed is completed by the next.
 * Throws `StaticRootError` where that folder holds the project, or holds or is inside a folder that is collected, and
 * `StaticReferenceError` for a style sheet or script that refers to what is not there. Django's `collectstatic`.
 */
export async function collectStatic(root: string, options: CollectOptions = {}): Promise<CollectResult> {
  refuseSources(root)
  const isIgnored = ignoring([...defaultIgnorePatterns, ...(options.ignore ?? [])])
  const files = (await listStatic()).filter(({ path }) => !isIgnored(path))
  refuseManifest(files)
  const { files: hashed, warnings } =
    options.postProcess === false
      ? { files: [], warnings: [] }
      : await hashFiles(files, { staticUrl: settings.staticUrl, strict: options.strict ?? true })
  if (!options.dryRun) await sweepDrafts(root)
  const taken = new Set(files.map(({ path }) => path))
  const copying = new Copying(root, taken, options)
  const isCopied = await inParallel(files, copiesAtOnce, (file) => copying.copy(file))
  const isWritten = await inParallel(hashed, copiesAtOnce, (file) => copying.writeHashed(file))
  const wanted = options.precompress ?? precompressions.map(({ encoding }) => encoding)
  const compressed = options.dryRun
    ? []
    : await precompress(
        sameFiles(root, files, hashed),
        precompressions.filter(({ encoding }) => wanted.includes(encoding)),
        new Set(files.map(({ path }) => join(root, path))),
      )
  if (options.postProcess !== false && !options.dryRun) await writeManifest(root, hashed)
  // Last: a site that is being visited is never without its files.
  if (options.clear && !options.dryRun) {
    const names = hashed.map(({ name }) => name)
    await removeOthers(root, new Set([...taken, ...names, ...(names.length > 0 ? [manifestName] : [])]), wanted)
  }
  return {
    copied: files.filter((_, index) => isCopied[index]).map(({ path }) => path),
    unchanged: files.filter((_, index) => !isCopied[index]).map(({ path }) => path),
    hashed: hashed.filter((_, index) => isWritten[index]).map(({ name }) => name),
    compressed: compressed.map((file) => relative(root, file)),
    warnings,
  }
}

class Copying {
  readonly #root: string
  readonly #taken: ReadonlySet<string>
  readonly #options: CollectOptions

  constructor(root: string, taken: ReadonlySet<string>, options: CollectOptions) {
    this.#root = root
    this.#taken = taken
    this.#options = options
  }

  /** Answers whether the file had to be copied. Its time of change goes along: `Last-Modified` and the next run go by it. */
  async copy({ path, file }: ListedStatic): Promise<boolean> {
    const target = safeJoin(this.#root, path)
    const [source, existing] = await Promise.all([stat(file), this.#existing(target)])
    if (existing?.size === source.size && isSameTime(existing.mtimeMs, source.mtimeMs)) return false
    if (this.#options.dryRun) return true
    // First: nobody is to get what was compressed of the former content once the new one is there.
    await removePrecompressed(
      target,
      precompressions.filter(({ extension }) => !this.#taken.has(path + extension)),
    )
    await copyWhole(file, target, source.mtimeMs)
    return true
  }

  /** What has that name has that content, unless somebody cut it short. */
  async writeHashed({ file, name, content }: HashedStatic): Promise<boolean> {
    const target = safeJoin(this.#root, name)
    const [source, existing] = await Promise.all([stat(file), this.#existing(target)])
    if (existing?.size === (content?.byteLength ?? source.size)) return false
    if (this.#options.dryRun) return true
    if (content === undefined) await copyWhole(file, target, source.mtimeMs)
    else await writeContent(target, content, source.mtimeMs)
    return true
  }

  async #existing(target: string): Promise<Stats | undefined> {
    return this.#options.clear ? undefined : await stat(target).catch(() => undefined)
  }
}

/** A file and its hashed twin, as far as they are one content. */
function sameFiles(root: string, files: readonly ListedStatic[], hashed: readonly HashedStatic[]): SameFiles[] {
  if (hashed.length === 0) return files.map(({ path }) => [join(root, path)])
  return hashed.flatMap(({ path, name, content }) =>
    content === undefined ? [[join(root, path), join(root, name)]] : [[join(root, path)], [join(root, name)]],
  )
}

async function writeManifest(root: string, hashed: readonly HashedStatic[]): Promise<void> {
  const integrity = hashed.flatMap(({ name, integrity: digest }) =>
    digest === undefined ? [] : [[name, digest] as const],
  )
  const text = manifestText(new Map(hashed.map(({ path, name }) => [path, name])), new Map(integrity))
  const file = join(root, manifestName)
  if ((await readFile(file, 'utf8').catch(() => undefined)) !== text) await writeContent(file, text)
}

function refuseManifest(files: readonly ListedStatic[]): void {
  const clash = files.find(({ path }) => path === manifestName)
  if (clash === undefined) return
  throw new StaticRootError(`'${clash.file}' has the name of the manifest that collectstatic writes.`, {
    hint: 'Rename it, or put it into a folder.',
  })
}
