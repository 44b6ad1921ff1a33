import type { Settings } from '@nuages/core'
import { settings } from '@nuages/core'
import { ImproperlyConfigured } from '@nuages/foundation'
import type { HttpRequest } from '@nuages/http'
import { authSettings } from '../auth-settings.ts'

/**
 * The origin that a link in a mail leads to: `auth.siteUrl`, else the host that the request named, where the project says that
 * it is one of its own. Throws `ImproperlyConfigured` where any host is let in: whoever asks for a link to be mailed to
 * somebody else could have it lead to themselves.
 */
export function siteOrigin(request: HttpRequest): string {
  const { siteUrl } = authSettings()
  if (siteUrl !== undefined) return new URL(siteUrl).origin
  const origin = new URL(request.buildAbsoluteUri('/')).origin
  const { allowedHosts, debug } = settings as Settings
  if (debug || !allowedHosts.includes('*')) return origin
  throw new ImproperlyConfigured(
    `A link is to be mailed, and allowedHosts lets any host in: it may lead to '${new URL(origin).host}' because a stranger says so.`,
    { hint: "Name the site: auth: { siteUrl: 'https://example.com' } in the settings." },
  )
}
