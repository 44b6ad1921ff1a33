import { join } from 'node:path'
import { FileSystemStorage, type Storage, setStorages } from '@nuages/files'
import { getScriptPrefix } from '@nuages/urls'
import { activeSettings } from '../settings/active-settings.ts'
import type { Settings } from '../settings/settings.ts'

/** The storages that the settings describe: the default one keeps files in `mediaRoot` unless they name another. */
export function storagesOf(settings: Pick<Settings, 'mediaRoot' | 'mediaUrl' | 'storages'>): Record<string, Storage> {
  return { default: mediaStorage(settings), ...settings.storages }
}

/** Files in `mediaRoot`, with URLs below `mediaUrl`. */
function mediaStorage({ mediaRoot, mediaUrl }: Pick<Settings, 'mediaRoot' | 'mediaUrl'>): Storage {
  // A path is below where the application is mounted; a whole URL is another server's.
  const isPath = mediaUrl.startsWith('/')
  const baseUrl = (): string => (isPath ? getScriptPrefix().replace(/\/$/, '') : '') + mediaUrl
  return new FileSystemStorage({ root: mediaRoot, baseUrl })
}

/**
 * Keeps the files of every storage in `root` from now on, each but the default one in a folder of its alias: tests leave the
 * project's own files alone, wherever they are.
 */
export function storeMediaIn(root: string): void {
  const { mediaUrl, storages } = activeSettings()
  const kept: Record<string, Storage> = { default: mediaStorage({ mediaRoot: root, mediaUrl }) }
  for (const alias of Object.keys(storages)) {
    if (alias === 'default') continue
    kept[alias] = new FileSystemStorage({
      root: join(root, `.${alias}`),
      baseUrl: `${mediaUrl}.${encodeURIComponent(alias)}/`,
    })
  }
  setStorages(kept)
}
