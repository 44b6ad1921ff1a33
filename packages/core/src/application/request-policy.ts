import { type RequestPolicy, TrustedProxies } from '@nuages/http'
import type { Settings } from '../settings/settings.ts'

/** The hosts that a project in development answers to when it names none, as with Django. */
const localHosts = ['.localhost', '127.0.0.1', '[::1]']

/** What the settings let requests do. */
export function requestPolicy(settings: Settings): RequestPolicy {
  return {
    maxBodySize: settings.maxBodySize,
    maxFields: settings.maxFields,
    maxFiles: settings.maxFiles,
    maxFileSize: settings.maxFileSize,
    maxUploadSize: settings.maxUploadSize,
    maxMemoryFileSize: settings.maxMemoryFileSize,
    uploadTempDir: settings.uploadTempDir,
    uploadHandlers: settings.uploadHandlers,
    maxNesting: settings.maxNesting,
    allowedHosts: settings.debug && settings.allowedHosts.length === 0 ? localHosts : settings.allowedHosts,
    trustedProxies: settings.trustedProxies.length === 0 ? undefined : new TrustedProxies(settings.trustedProxies),
    secureProxyHeader: settings.secureProxySslHeader,
    useForwardedHost: settings.useXForwardedHost,
  }
}
