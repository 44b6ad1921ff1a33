import { NuagesError } from '@nuages/foundation'
import { StorageError } from './errors.ts'

const missing = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG'])

const reasons: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  ENOSPC: ['the disk is full', 'Free some space; nothing of the file was kept.'],
  EDQUOT: ['the quota of the disk is used up', 'Free some space; nothing of the file was kept.'],
  EFBIG: ['it is larger than a file may be there', 'Raise the limit of the process or of the file system.'],
  EACCES: ['the process may not write there', 'Give the user that runs it write permission for the folder.'],
  EPERM: ['the process may not write there', 'Give the user that runs it write permission for the folder.'],
  EROFS: ['the file system is read-only', 'Set mediaRoot to a folder that the process may write to.'],
  ENOTDIR: ['a file stands where a folder should', 'Take that file away, or choose another folder.'],
  EEXIST: ['a file stands where a folder should', 'Take that file away, or choose another folder.'],
  EMFILE: ['the process has too many files open', 'Raise its limit (ulimit -n).'],
  ENFILE: ['the machine has too many files open', 'Close some, or raise its limit.'],
}

/** Whether the file system says that there is no such file. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && missing.has((error as NodeJS.ErrnoException).code ?? '')
}

/** What the file system refused, as a `StorageError`; what others threw, such as the content itself, as it is. */
export function explainFailure(error: unknown, what: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException
  if (error instanceof NuagesError || code === undefined || syscall === undefined) return error
  const [reason, hint] = reasons[code] ?? [(error as Error).message]
  const options = hint === undefined ? { cause: error } : { cause: error, hint }
  return new StorageError(`${what}: ${reason} (${code}).`, options)
}
