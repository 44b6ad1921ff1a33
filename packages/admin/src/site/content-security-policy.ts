import { fromSettings } from '@nuages/core'

/** The policy of every page: what the site itself serves, and images from where uploads are. No inline script or style. */
export const contentSecurityPolicy: () => string = fromSettings(({ staticUrl, mediaUrl }) => {
  const own = sources(staticUrl)
  const directives = [
    `default-src ${own}`,
    `script-src ${own}`,
    `style-src ${own}`,
    `img-src ${[...new Set([own, sources(mediaUrl)].join(' ').split(' '))].join(' ')} data: blob:`,
    `font-src ${own}`,
    "connect-src 'self'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    "base-uri 'none'",
  ]
  return directives.join('; ')
})

/** The site itself, and another host where `url` names one. */
function sources(url: string): string {
  return URL.canParse(url) ? `'self' ${new URL(url).origin}` : "'self'"
}
