import { constants, type Stats } from 'node:fs'
import { access, open, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'

/** The program that a path names, and what of the path is left for it. */
export interface FoundProgram {
  readonly file: string
  /** The part of the path that named it: `'/tools/hello.py'`. */
  readonly path: string
  /** The rest: `''` or what starts with `/`. */
  readonly pathInfo: string
}

/**
 * The program in `directory` that the beginning of `path` names: the first file on the way. 404 where there is none, 403 for
 * a folder and for a file that may not be run. Hidden names are none, and links are followed inside the folder only.
 */
export async function findProgram(directory: string, path: string): Promise<FoundProgram | 403 | 404> {
  const names = path.split('/').slice(1)
  const root = await realpath(directory).catch(() => undefined)
  if (root === undefined || path.includes('\0')) return 404
  let file = root
  for (const [index, name] of names.entries()) {
    if (name === '' && index === names.length - 1) break
    if (name === '' || name.startsWith('.') || name.includes('\\')) return 404
    const inside = await resolveInside(root, join(file, name))
    if (inside === undefined) return 404
    file = inside.file
    if (inside.stats.isDirectory()) continue
    if (!inside.stats.isFile()) return 404
    const isExecutable = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (!isExecutable) return 403
    const own = names.slice(0, index + 1).join('/')
    return { file, path: `/${own}`, pathInfo: path.slice(own.length + 1) }
  }
  return 403
}

async function resolveInside(root: string, path: string): Promise<{ file: string; stats: Stats } | undefined> {
  try {
    const file = await realpath(path)
    return file.startsWith(root.endsWith(sep) ? root : root + sep) ? { file, stats: await stat(file) } : undefined
  } catch {
    return undefined
  }
}

/**
 * Whether a file is a binary, or a script that says in its first line what runs it. Anything else the system would hand to a
 * shell, which tries to make sense of it.
 */
export async function saysWhatRunsIt(file: string): Promise<boolean> {
  if (process.platform === 'win32') return true
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0)
    const start = buffer.toString('latin1', 0, bytesRead)
    return start.startsWith('#!') || /[^\t\n\r\x20-\x7e]/.test(start)
  } finally {
    await handle.close()
  }
}
