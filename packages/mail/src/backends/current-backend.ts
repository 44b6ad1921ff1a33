import { resolve } from 'node:path'
import { fromSettings, type Settings } from '@nuages/core'
import { type MailSettings, mailPolicy } from '../mail-settings.ts'
import { consoleBackend } from './console-backend.ts'
import { fileBackend } from './file-backend.ts'
import type { MailBackend } from './mail-backend.ts'
import { memoryBackend } from './memory-backend.ts'
import { SmtpBackend } from './smtp-backend.ts'

/** The back end of the project that is running. */
export const currentBackend: () => MailBackend = fromSettings((settings) => openBackend(settings, mailPolicy()))

function openBackend({ debug, baseDir }: Settings, policy: MailSettings): MailBackend {
  const { backend, url = defaultUrl(debug), timeout, starttls, tls } = policy
  if (backend !== undefined) return typeof backend === 'function' ? backend() : backend
  if (url.startsWith('smtp')) return new SmtpBackend(url, { timeout, starttls, ...filesOf(tls, baseDir) })
  if (url.startsWith('file:')) return fileBackend(resolve(baseDir, url.slice('file:'.length)))
  return url === 'memory:' ? memoryBackend : consoleBackend()
}

/** Paths start at the project's folder. */
function filesOf(tls: MailSettings['tls'], baseDir: string): MailSettings['tls'] {
  return Object.fromEntries(Object.entries(tls).map(([name, path]) => [name, path && resolve(baseDir, path)]))
}

function defaultUrl(debug: boolean): string {
  if (process.env['VITEST'] !== undefined) return 'memory:'
  return debug ? 'console:' : 'smtp://localhost:25'
}
