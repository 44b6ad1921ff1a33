import { constants } from 'node:fs'
import { copyFile, link, stat } from 'node:fs/promises'

/**
 * Makes `draft` hold what the file at `path` does without reading it: as another name of it, or as a copy on another file system,
 * which shares its blocks where it can. `false` where that file is gone.
 */
export async function takeContent(path: string, draft: string): Promise<boolean> {
  try {
    // Two stored files must not be one: who writes into the first would change the second.
    const isAlone = (await stat(path)).nlink === 1
    if (isAlone) {
      await link(path, draft)
      return true
    }
  } catch (error) {
    if (isGone(error)) return false
  }
  try {
    await copyFile(path, draft, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
    return true
  } catch (error) {
    if (isGone(error)) return false
    throw error
  }
}

function isGone(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}
