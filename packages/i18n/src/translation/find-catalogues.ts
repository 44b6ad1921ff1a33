import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalogue, Translation } from './catalogue.ts'
import { languageChain } from './language-tags.ts'
import { readPoFile } from './po-file.ts'

/** The catalogues that a folder `locale/` has: `ko/LC_MESSAGES/messages.po`, by their language in lower case. */
export function cataloguesIn(folder: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  if (!existsSync(folder)) return found
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = join(folder, entry.name, 'LC_MESSAGES', 'messages.po')
    // Folders are called as gettext calls them: pt_BR.
    if (!entry.isFile() && existsSync(file)) found.set(entry.name.replaceAll('_', '-').toLowerCase(), file)
  }
  return found
}

/**
 * The messages of a language: those of `ko-KR` before those of `ko`, and of each, those of the first folder before those of the
 * next. `undefined` where there is no catalogue.
 */
export function loadCatalogue(language: string, folders: readonly string[]): Catalogue | undefined {
  const available = folders.map(cataloguesIn)
  const files = languageChain(language).flatMap((tag) => available.flatMap((files) => files.get(tag) ?? []))
  if (files.length === 0) return undefined
  const merged = new Map<string, Translation>()
  for (const file of files.reverse()) for (const [key, translation] of readPoFile(file)) merged.set(key, translation)
  return merged
}
