import { readdir, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Precompression, precompressions } from '../precompressed.ts'

/**
 * Removes every file below `root` but those in `kept` (paths with `/`) and what `encodings` made of them; folders that are
 * empty then go as well. What collects at the same time is left alone.
 */
export async function removeOthers(
  root: string,
  kept: ReadonlySet<string>,
  encodings: readonly Precompression['encoding'][],
): Promise<void> {
  const extensions = precompressions
    .filter(({ encoding }) => encodings.includes(encoding))
    .map((made) => made.extension)
  const isKept = (path: string): boolean =>
    kept.has(path) ||
    extensions.some((extension) => path.endsWith(extension) && kept.has(path.slice(0, -extension.length)))

  async function clean(folder: string): Promise<void> {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      const path = folder + entry.name
      if (entry.isDirectory()) {
        await clean(`${path}/`)
        // It stays where something is in it.
        await rmdir(join(root, path)).catch(() => {})
      } else if (!isKept(path) && !path.endsWith('.collecting')) await rm(join(root, path), { force: true })
    }
  }
  await clean('')
}
