import type { Stats } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { isPublicName } from '../find-static.ts'

/** What is at a path of a folder that is served. */
export interface DirectoryEntry {
  /** Where it really is, every link followed. */
  readonly file: string
  readonly stats: Stats
}

/** A folder that is served with its listing. */
export interface ServedDirectory {
  readonly root: string
  /** Folders in it, where they really are, that are not for showing: what is in `cgi-bin` is run and never sent. */
  readonly except?: readonly string[]
}

/**
 * The file or folder that `names` lead to from the root; nothing where there is none or it is not for everybody: what is
 * hidden, what a link leads to out of the root or to something hidden, pipes and devices.
 */
export async function resolveEntry(
  { root, except = [] }: ServedDirectory,
  names: readonly string[],
): Promise<DirectoryEntry | undefined> {
  if (!names.every((name) => isPublicName(name) && !/[\\\0]/.test(name))) return undefined
  try {
    const base = await realpath(root)
    const file = await realpath(join(base, ...names))
    if (!isInside(base, file) || except.some((folder) => isInside(folder, file))) return undefined
    const isShown = file
      .slice(base.length)
      .split(sep)
      .every((name) => name === '' || isPublicName(name))
    const stats = isShown ? await stat(file) : undefined
    return stats?.isFile() || stats?.isDirectory() ? { file, stats } : undefined
  } catch {
    return undefined
  }
}

function isInside(folder: string, file: string): boolean {
  return file === folder || file.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}
