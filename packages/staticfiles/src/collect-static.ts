import { copyFile, mkdir, rm, stat, utimes } from 'node:fs/promises'
import { dirname, sep } from 'node:path'
import { settings } from '@nuages/core'
import { safeJoin } from '@nuages/http'
import { StaticRootError } from './errors.ts'
import { listStatic } from './list-static.ts'
import { staticSources } from './static-source.ts'

export interface CollectOptions {
  /** Tells what would be done and does none of it. */
  readonly dryRun?: boolean
  /** Empties the folder first, of files that no longer exist as well. */
  readonly clear?: boolean
}

export interface CollectResult {
  /** Paths that were copied. */
  readonly copied: readonly string[]
  /** Paths that were there already, the same. */
  readonly unchanged: readonly string[]
}

/**
 * Copies every static file into one folder, from where a server such as nginx sends them. Throws `StaticRootError` where that
 * folder holds the project, or holds or is inside a folder that is collected. Django's `collectstatic`.
 */
export async function collectStatic(root: string, options: CollectOptions = {}): Promise<CollectResult> {
  refuseSources(root)
  const copied: string[] = []
  const unchanged: string[] = []
  if (options.clear && !options.dryRun) await rm(root, { recursive: true, force: true })
  for (const { path, file } of await listStatic()) {
    const target = safeJoin(root, path)
    const isSame = !options.clear && (await sameFile(file, target))
    const list = isSame ? unchanged : copied
    list.push(path)
    if (!isSame && !options.dryRun) await copy(file, target)
  }
  return { copied, unchanged }
}

async function sameFile(file: string, target: string): Promise<boolean> {
  const [source, existing] = await Promise.all([stat(file), stat(target).catch(() => undefined)])
  if (existing === undefined) return false
  // a time is copied to the microsecond, file systems keep nanoseconds
  return existing.size === source.size && Math.abs(existing.mtimeMs - source.mtimeMs) < 1
}

/** With its time of change, which `Last-Modified` and the next collecting go by. */
async function copy(file: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true })
  await copyFile(file, target)
  const { atimeMs, mtimeMs } = await stat(file)
  await utimes(target, atimeMs / 1000, mtimeMs / 1000)
}

/** A root that held sources would lose them to `clear`; one inside a source would be collected itself, ever deeper. */
function refuseSources(root: string): void {
  const sources = staticSources()
  const inside = [{ dir: settings.baseDir, owner: 'the project' }, ...sources].find(({ dir }) => holds(root, dir))
  const around = sources.find(({ dir }) => holds(dir, root))
  const source = inside ?? around
  if (source === undefined) return
  const relation = source === inside ? 'which holds' : 'which is inside'
  throw new StaticRootError(`staticRoot is '${root}', ${relation} '${source.dir}' of ${source.owner}.`, {
    hint: "Collect into a folder of its own, such as staticRoot: 'collected-static'.",
  })
}

function holds(outer: string, inner: string): boolean {
  return inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : outer + sep)
}
