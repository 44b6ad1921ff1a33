import { stat } from 'node:fs/promises'
import { fromSettings } from '@nuages/core'
import { safeJoin } from '@nuages/http'
import { findStatic, isStaticPath } from './find-static.ts'
import { type ActiveManifest, activeManifest } from './manifest/active-manifest.ts'
import { type Precompression, precompressions } from './precompressed.ts'

/** The file that is sent for a path. */
export interface ServedStatic {
  readonly file: string
  /** The compressed files beside it, in the order they are preferred. */
  readonly variants: readonly Precompression[]
  /** Whether its name changes with its content, so that it may be kept for ever. */
  readonly isImmutable: boolean
}

/** What was found, kept while `debug` is off: a file that is deployed stays where it is. */
const located = fromSettings(({ debug }) => (debug ? undefined : new Map<string, ServedStatic>()))
const hashed = /\.[0-9a-f]{12}(?:\.[^./]*)?$/

/**
 * The file that is sent for `path`: of `staticRoot` where there is a manifest, former hashed files among them; else where the
 * finders find it.
 */
export async function locateStatic(path: string): Promise<ServedStatic | undefined> {
  const known = located()?.get(path)
  if (known !== undefined) return known
  const manifest = activeManifest()
  const found = manifest === undefined ? await findIn(path) : await collected(path, manifest)
  if (found !== undefined) located()?.set(path, found)
  return found
}

async function findIn(path: string): Promise<ServedStatic | undefined> {
  const found = await findStatic(path)
  return found && { file: found.file, variants: [], isImmutable: false }
}

async function collected(path: string, manifest: ActiveManifest): Promise<ServedStatic | undefined> {
  if (!isStaticPath(path)) return undefined
  const file = safeJoin(manifest.root, path)
  if (!(await isFile(file))) return undefined
  const isThere = await Promise.all(precompressions.map(({ extension }) => isFile(file + extension)))
  return {
    file,
    variants: precompressions.filter((_, index) => isThere[index]),
    // A file of the project may be called like that too; then the manifest has it on the left.
    isImmutable: hashed.test(path) && !Object.hasOwn(manifest.paths, path),
  }
}

async function isFile(file: string): Promise<boolean> {
  const stats = await stat(file).catch(() => undefined)
  return stats?.isFile() ?? false
}
