import { resolve, sep } from 'node:path'
import { settings as activeSettings, type Settings } from '@nuages/core'
import type { Check, CheckMessage } from '@nuages/foundation'
import { type SessionsSettings, sessionPolicy } from './sessions-settings.ts'

/** What of the section cannot work. */
export const checkSessionEngine: Check = () => {
  const policy = sessionPolicy()
  return [...unknownCache(policy), ...servedFolder(policy)]
}

/** Whether sessions are kept in a cache. */
export function usesCache({ engine }: SessionsSettings): boolean {
  return engine === 'cache' || engine === 'cachedDatabase'
}

/** Whether the setting `caches` names it. */
export function hasCache(alias: string): boolean {
  return Object.hasOwn((activeSettings as Settings).caches, alias)
}

function unknownCache(policy: SessionsSettings): CheckMessage[] {
  if (!usesCache(policy) || hasCache(policy.cacheAlias)) return []
  return [
    {
      level: 'error',
      id: 'sessions.E001',
      message: `sessions.cacheAlias is '${policy.cacheAlias}', and caches has no such alias.`,
      hint: `Add it to caches, or name one of: ${Object.keys((activeSettings as Settings).caches).join(', ')}.`,
    },
  ]
}

/** Who asks for the file of a session would get it from the web server. */
function servedFolder({ engine, filePath }: SessionsSettings): CheckMessage[] {
  if (engine !== 'file') return []
  const { baseDir, mediaRoot, staticRoot, staticDirs } = activeSettings as Settings
  const folder = resolve(baseDir, filePath)
  const served = [mediaRoot, ...(staticRoot === undefined ? [] : [staticRoot]), ...staticDirs]
  const around = served.find((root) => `${folder}${sep}`.startsWith(`${resolve(baseDir, root)}${sep}`))
  if (around === undefined) return []
  return [
    {
      level: 'error',
      id: 'sessions.E002',
      message: `sessions.filePath ('${filePath}') lies in '${around}', whose files are served to everybody.`,
      hint: "Give it a folder of its own, such as 'var/sessions'.",
    },
  ]
}
