import { basename, extname, sep } from 'node:path'
import { watch } from 'chokidar'

const sourceExtensions = new Set(['.ts', '.mts', '.js', '.mjs', '.json', '.po'])
const ignoredFolders = new Set(['node_modules', '.git', 'dist', 'coverage', 'static', 'media'])

/** Whether a change of the file can change what the process has loaded. Templates reload by themselves. */
export function isSource(path: string): boolean {
  return sourceExtensions.has(extname(path)) || basename(path).startsWith('.env')
}

/**
 * Calls `changed` with the files that changed, once for a burst of changes, as soon as the burst is over.
 * @returns a function that stops watching
 */
export async function watchSources(
  baseDir: string,
  changed: (files: readonly string[]) => void,
): Promise<() => Promise<void>> {
  const files = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  const watcher = watch(baseDir, {
    ignoreInitial: true,
    ignored: (path, stats) => {
      if (path === baseDir) return false
      if (
        path
          .slice(baseDir.length)
          .split(sep)
          .some((part) => ignoredFolders.has(part))
      )
        return true
      return stats?.isFile() === true && !isSource(path)
    },
  })
  watcher.on('all', (_event, path) => {
    if (!isSource(path)) return
    files.add(path)
    clearTimeout(timer)
    timer = setTimeout(() => {
      const burst = [...files]
      files.clear()
      changed(burst)
    }, 30)
  })
  await new Promise<void>((resolve, reject) => {
    watcher.once('ready', resolve)
    watcher.once('error', reject)
  })
  return async () => {
    clearTimeout(timer)
    await watcher.close()
  }
}
