import { fromSettings } from '@nuages/core'
import { mailPolicy } from '../mail-settings.ts'
import { consoleBackend } from './console-backend.ts'
import type { MailBackend } from './mail-backend.ts'
import { memoryBackend } from './memory-backend.ts'

/** The back end of the project that is running. */
export const currentBackend: () => MailBackend = fromSettings(({ debug }) => {
  const { backend, url = defaultUrl(debug) } = mailPolicy()
  return backend ?? openBackend(url)
})

function openBackend(url: string): MailBackend {
  return url === 'memory:' ? memoryBackend : consoleBackend()
}

function defaultUrl(debug: boolean): string {
  if (process.env['VITEST'] !== undefined) return 'memory:'
  return debug ? 'console:' : 'smtp://localhost:25'
}
