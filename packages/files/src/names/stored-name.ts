import { SuspiciousFileName } from '../errors.ts'
import { isDeviceName } from './valid-file-name.ts'

/**
 * The parts of a name in a storage: `'covers/2026/a.png'` → `['covers', '2026', 'a.png']`. Throws `SuspiciousFileName` for a
 * name that is absolute, leads out of the storage or has a part that is no name.
 */
export function partsOfName(name: string): string[] {
  const parts = name.split('/')
  const wrong = parts.find((part) => part === '' || part === '.' || part === '..' || /[\0\\]/.test(part))
  return wrong === undefined ? parts : refuse(name, wrong)
}

/** What a new folder may not hold, since some file system could not write it: a name read back may, it was written. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const unwritable = /[\0-\x1f\x7f:*?"<>|]|[. ]$/

/** `partsOfName` of the folders of a name that is to be stored. */
export function partsOfNewFolder(name: string): string[] {
  const parts = partsOfName(name)
  const wrong = parts.find((part) => unwritable.test(part) || isDeviceName(part))
  return wrong === undefined ? parts : refuse(name, wrong)
}

function refuse(name: string, part: string): never {
  const because = part === '' || part === name ? '' : `, because of ${JSON.stringify(part)}`
  throw new SuspiciousFileName(`${JSON.stringify(name)} is no name in a storage${because}.`, {
    hint: "Names are relative, with '/' between folders and no '..': 'covers/2026/dune.png'.",
  })
}
