import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

const suffix = '.collecting'
/** Nobody writes that slowly: what is older was left by a run that was killed. */
const abandonedAfterMs = 10 * 60 * 1000

/**
 * Makes the file `target` by what `fill` writes to the path it is given, with `mtimeMs` as its time of change: a server that
 * reads the folder meanwhile sees the old file or the new one, never half of one, and so does the next run when this one is
 * killed. Where `fill` answers false, nothing is made. Answers whether something was.
 */
export async function writeWhole(
  target: string,
  fill: (draft: string) => Promise<unknown>,
  mtimeMs?: number,
): Promise<boolean> {
  await mkdir(dirname(target), { recursive: true })
  const draft = join(dirname(target), `.${randomUUID()}${suffix}`)
  try {
    const isWanted = (await fill(draft)) !== false
    if (!isWanted) {
      await rm(draft, { force: true })
      return false
    }
    if (mtimeMs !== undefined) await utimes(draft, mtimeMs / 1000, mtimeMs / 1000)
    await rename(draft, target)
    return true
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

/** `writeWhole` of a copy, which shares its blocks with the original where the file system can. */
export function copyWhole(file: string, target: string, mtimeMs: number): Promise<boolean> {
  return writeWhole(target, (draft) => copyFile(file, draft, constants.COPYFILE_FICLONE), mtimeMs)
}

/** `writeWhole` of some content. */
export function writeContent(target: string, content: string | Uint8Array, mtimeMs?: number): Promise<boolean> {
  return writeWhole(target, (draft) => writeFile(draft, content), mtimeMs)
}

/** Removes what killed runs left below `root`. */
export async function sweepDrafts(root: string): Promise<void> {
  const names = await readdir(root, { recursive: true }).catch(() => [] as string[])
  for (const name of names) {
    if (!name.endsWith(suffix) || !basename(name).startsWith('.')) continue
    const file = join(root, name)
    const stats = await stat(file).catch(() => undefined)
    if (stats !== undefined && Date.now() - stats.mtimeMs > abandonedAfterMs) await rm(file, { force: true })
  }
}

/** Whether two files have one time of change. It is copied to the microsecond, while file systems keep nanoseconds. */
export function isSameTime(oneMs: number, otherMs: number): boolean {
  return Math.abs(oneMs - otherMs) < 1
}
