import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { MigrationError } from '../errors.ts'

export interface FileToWrite {
  readonly path: string
  readonly source: string
  /** The file whose place it takes: under the same name or another. */
  readonly replaced?: string | undefined
}

/** Writes all files or none. Throws `MigrationError` where one is there already or cannot be written. */
export async function writeFiles(files: readonly FileToWrite[]): Promise<void> {
  const written: string[] = []
  const folders: string[] = []
  try {
    for (const file of files) {
      const folder = await mkdir(dirname(file.path), { recursive: true })
      if (folder !== undefined) folders.push(folder)
      const place = draftOf(file)
      await writeFile(place, file.source, { flag: place === file.path ? 'wx' : 'w' })
      written.push(place)
    }
  } catch (error) {
    for (const path of written) await rm(path, { force: true })
    for (const folder of folders.reverse()) await rm(folder, { recursive: true, force: true })
    throw explained(error as NodeJS.ErrnoException)
  }
  for (const file of files) {
    if (draftOf(file) !== file.path) await rename(draftOf(file), file.path)
    else if (file.replaced !== undefined) await rm(file.replaced, { force: true })
  }
}

/** What takes the place of a file of its own name is written beside it first. */
function draftOf({ path, replaced }: FileToWrite): string {
  return replaced === path ? `${path}.new` : path
}

function explained(error: NodeJS.ErrnoException): MigrationError {
  const reasons: Readonly<Record<string, string>> = {
    EEXIST: 'a file of that name is there already. Give the migration another (--name)',
    EACCES: 'this user may not write there',
    EPERM: 'this user may not write there',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
    ENOTDIR: 'a part of the path is a file, not a folder',
    ENAMETOOLONG: 'the name is too long',
  }
  const reason = reasons[error.code ?? ''] ?? error.message
  return new MigrationError(`${error.path} cannot be written: ${reason}. No file was written.`, { cause: error })
}
