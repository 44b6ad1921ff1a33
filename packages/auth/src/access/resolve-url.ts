import { reverseName } from '@nuages/urls'

const url = /^(?:[/?#]|\.\.?\/|[a-z][a-z\d+.-]*:\/\/)/i

/** A URL as it is, or the one of a URL pattern's name. Throws `NoReverseMatch`. Django's `resolve_url`. */
export function resolveUrl(to: string): string {
  return url.test(to) ? to : reverseName(to)
}
