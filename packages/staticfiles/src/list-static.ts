import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type FoundStatic, isStaticPath } from './find-static.ts'
import { type StaticSource, staticSources } from './static-source.ts'

/** A static file with the path that it is served under. */
export interface ListedStatic extends FoundStatic {
  readonly path: string
}

/** Every static file that is served, each path once: what a folder hides in a later one is left out. */
export async function listStatic(): Promise<ListedStatic[]> {
  const byPath = new Map<string, ListedStatic>()
  for (const source of staticSources()) {
    for await (const listed of filesBelow(source, '')) if (!byPath.has(listed.path)) byPath.set(listed.path, listed)
  }
  return [...byPath.values()]
}

async function* filesBelow(source: StaticSource, folder: string): AsyncGenerator<ListedStatic, void, undefined> {
  const entries = await readdir(join(source.dir, folder), { withFileTypes: true }).catch(() => [] as Dirent[])
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (!isStaticPath(path)) continue
    const file = join(source.dir, path)
    if (entry.isDirectory()) yield* filesBelow(source, path)
    // a link to a file counts as the file; a link to a folder could lead in a circle
    else if (entry.isFile() || (await stat(file).catch(() => undefined))?.isFile()) yield { path, file, source }
  }
}
