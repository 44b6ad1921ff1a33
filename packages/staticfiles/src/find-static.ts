import { stat } from 'node:fs/promises'
import { isDeviceName } from '@nuages/files'
import { safeJoin } from '@nuages/http'
import { type StaticSource, staticSources } from './static-source.ts'

/** A static file and the folder it was found in. */
export interface FoundStatic {
  readonly file: string
  readonly source: StaticSource
}

/** The file that `path` (with `/`, below the static URL) stands for: the first that exists. Django's `finders.find`. */
export async function findStatic(path: string): Promise<FoundStatic | undefined> {
  for await (const found of matches(path)) return found
  return undefined
}

/** Every file that `path` could stand for, the one that is served first. Django's `finders.find(all=True)`. */
export function findAllStatic(path: string): Promise<FoundStatic[]> {
  return Array.fromAsync(matches(path))
}

async function* matches(path: string): AsyncGenerator<FoundStatic, void, undefined> {
  if (!isStaticPath(path)) return
  for (const source of staticSources()) {
    const file = safeJoin(source.dir, path)
    const found = await stat(file).catch(() => undefined)
    if (found?.isFile()) yield { file, source }
  }
}

/**
 * Whether a path may name a static file. Names that start with a dot stay private (`.git`, `.env`, `..`), but for
 * `.well-known` (RFC 8615); the names that Windows keeps for devices are no files there.
 */
export function isStaticPath(path: string): boolean {
  if (/[\\\0]/.test(path)) return false
  return path.split('/').every(isPublicName)
}

/** Whether a part of a path may be seen by everybody. */
export function isPublicName(name: string): boolean {
  return name !== '' && (!name.startsWith('.') || name === '.well-known') && !isDeviceName(name)
}
