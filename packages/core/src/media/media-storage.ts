import { FileSystemStorage, type Storage, setDefaultStorage } from '@nuages/files'
import { getScriptPrefix } from '@nuages/urls'
import { activeSettings } from '../settings/active-settings.ts'
import type { Settings } from '../settings/settings.ts'

/** The storage that the settings describe: files in `mediaRoot`, with URLs below `mediaUrl`. */
export function mediaStorage({ mediaRoot, mediaUrl }: Pick<Settings, 'mediaRoot' | 'mediaUrl'>): Storage {
  // A path is below where the application is mounted; a whole URL is another server's.
  const isPath = mediaUrl.startsWith('/')
  const baseUrl = (): string => (isPath ? getScriptPrefix().replace(/\/$/, '') : '') + mediaUrl
  return new FileSystemStorage({ root: mediaRoot, baseUrl })
}

/** Keeps uploaded files in `root` from now on in place of `mediaRoot`: tests leave the project's own files alone. */
export function storeMediaIn(root: string): void {
  setDefaultStorage(mediaStorage({ mediaRoot: root, mediaUrl: activeSettings().mediaUrl }))
}
