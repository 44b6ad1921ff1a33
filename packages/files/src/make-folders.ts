import { chmod, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a folder and those it is in; those that were not there get `mode`, whatever the process's umask. They never have more
 * than that, not even for a moment.
 */
export async function makeFolders(folder: string, mode: number | undefined): Promise<void> {
  const outermost = await mkdir(folder, { recursive: true, ...(mode === undefined ? {} : { mode }) })
  if (outermost === undefined || mode === undefined) return
  for (let made = folder; made.length >= outermost.length; made = dirname(made)) await chmod(made, mode)
}
