import { link, open, rename, unlink } from 'node:fs/promises'

/** What a file system answers that has no hard links. */
const withoutLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK'])

/** Gives a whole file its name; answers `false` where that is taken. A link fails there; a plain rename would overwrite. */
export async function takeName(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    if (withoutLinks.has(code ?? '')) return takeNameWithoutLinks(draft, path)
    throw error
  }
}

/** An empty file takes the name first, which fails where it is taken; the whole file replaces it. */
export async function takeNameWithoutLinks(draft: string, path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx')).close()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
  try {
    await rename(draft, path)
    return true
  } catch (error) {
    await unlink(path).catch(() => {})
    throw error
  }
}
