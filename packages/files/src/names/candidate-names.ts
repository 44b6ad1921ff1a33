import { randomInt } from 'node:crypto'
import { SuspiciousFileName } from '../errors.ts'
import { partsOfName, partsOfNewFolder } from './stored-name.ts'
import { validFileName } from './valid-file-name.ts'

/** What file systems take for one part of a path, in bytes. */
const longestPart = 255
const suffixLength = 7
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/**
 * The names to try for a file, in order and without end: its own made valid, then others with a random suffix, none longer than
 * `maxLength`. Throws `SuspiciousFileName` where the folders leave no room for a name. Django's `get_available_name`.
 */
export function* candidateNames(
  name: string,
  maxLength = Number.POSITIVE_INFINITY,
): Generator<string, never, undefined> {
  const at = name.lastIndexOf('/') + 1
  const folder = name.slice(0, at)
  if (folder !== '') partsOfNewFolder(folder.slice(0, -1))
  // `validFileName` would make a name of anything; here it is the caller who wrote it.
  const [last] = partsOfName(name.slice(at).trim()) as [string]
  const fileName = validFileName(last)
  for (let suffix = ''; ; suffix = `_${randomSuffix()}`) {
    const fitting = fit(fileName, suffix, maxLength - folder.length)
    if (fitting === undefined) {
      throw new SuspiciousFileName(`There is no name for ${JSON.stringify(name)} of at most ${maxLength} characters.`, {
        hint: 'Give the field a greater maxLength, or shorter folders in uploadTo.',
      })
    }
    yield folder + fitting
  }
}

/** `dune.tar.gz` with a suffix before its extension, its stem as short as it has to be. */
function fit(fileName: string, suffix: string, room: number): string | undefined {
  const [, stem, extension = ''] = /^(.+?)((?:\.tar)?\.[^.]{1,20})?$/u.exec(fileName)!
  for (const letters = [...stem!].slice(0, longestPart); letters.length > 0; letters.pop()) {
    const candidate = letters.join('') + suffix + extension
    const fits = candidate.length <= room && Buffer.byteLength(candidate) <= longestPart
    // Cutting may leave a dot at the end, or the name of a device.
    if (fits && validFileName(candidate) === candidate) return candidate
  }
  return undefined
}

function randomSuffix(): string {
  return Array.from({ length: suffixLength }, () => alphabet[randomInt(alphabet.length)]).join('')
}
