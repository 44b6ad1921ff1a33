import { withLanguage } from '@nuages/i18n'
import { languageRouteOf } from './i18n-patterns.ts'
import type { UrlResolver } from './resolver.ts'
import { getUrlconf } from './urlconf.ts'

/**
 * The address of the same page in another language. `path` is decoded and without where the application is mounted; so is the answer,
 * but escaped. An address that is none of `i18nPatterns`, or of no page, stays as it is: `undefined`. Django's `translate_url`.
 */
export function translatePath(
  path: string,
  language: string,
  resolver: UrlResolver = getUrlconf(),
): string | undefined {
  const route = languageRouteOf(resolver)
  const match = route && resolver.find(path)
  if (!route || !match?.route.startsWith(route.source)) return undefined
  const { urlName, viewName, namespace, args, capturedKwargs } = match
  if (urlName === undefined) return undefined
  return withLanguage(language, () => {
    return resolver.reverse(viewName, args.length > 0 ? args : capturedKwargs, namespace)
  })
}
