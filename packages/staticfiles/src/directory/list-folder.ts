import { readdir } from 'node:fs/promises'
import { PermissionDenied } from '@nuages/http'
import { inParallel } from '../collect/in-parallel.ts'
import { resolveEntry, type ServedDirectory } from './resolve-entry.ts'

/** A line of a listing. */
export interface ListedEntry {
  readonly name: string
  readonly isFolder: boolean
  /** In bytes; of a file only. */
  readonly size: number | undefined
  /** Milliseconds since the epoch. */
  readonly modified: number
}

export type SortKey = 'name' | 'size' | 'modified'

export interface ListingOrder {
  readonly key: SortKey
  readonly isDescending: boolean
}

const looksAtOnce = 32
const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** What of a folder may be seen, in order: folders first. Throws `PermissionDenied` for one that may not be read. */
export async function listFolder(
  directory: ServedDirectory,
  names: readonly string[],
  folder: string,
  order: ListingOrder,
): Promise<ListedEntry[]> {
  const found = await readdir(folder).catch((cause: unknown) => {
    throw new PermissionDenied(`The folder '${folder}' may not be read.`, { cause })
  })
  // `.well-known` may be asked for, and is not for people.
  const shown = found.filter((name) => !name.startsWith('.'))
  const entries = await inParallel(shown, looksAtOnce, async (name): Promise<ListedEntry | undefined> => {
    const entry = await resolveEntry(directory, [...names, name])
    if (entry === undefined) return undefined
    const isFolder = entry.stats.isDirectory()
    return { name, isFolder, size: isFolder ? undefined : entry.stats.size, modified: entry.stats.mtimeMs }
  })
  return entries.filter((entry) => entry !== undefined).sort(comparison(order))
}

function comparison({ key, isDescending }: ListingOrder): (a: ListedEntry, b: ListedEntry) => number {
  const compare = (a: ListedEntry, b: ListedEntry): number => {
    const difference = key === 'name' ? 0 : (a[key] ?? 0) - (b[key] ?? 0)
    return difference || byName.compare(a.name, b.name) || (a.name < b.name ? -1 : 1)
  }
  return (a, b) => Number(b.isFolder) - Number(a.isFolder) || (isDescending ? compare(b, a) : compare(a, b))
}
