import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Whether a module at the top of the project enters it by CGI or by the Fetch API. Those say themselves whether a request
 * came over HTTPS, where the node server leaves that to a proxy.
 */
export function hasOwnEntry(baseDir: string): boolean {
  return modulesIn(baseDir).some((file) => /\b(?:serveCgi|toFetchHandler)\(/.test(readFileSync(file, 'utf8')))
}

function modulesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?[jt]s$/.test(entry.name))
    .map(({ name }) => join(folder, name))
}
