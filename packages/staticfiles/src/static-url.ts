import { settings } from '@nuages/core'
import { escapePath } from '@nuages/http'
import type { TemplateLibrary } from '@nuages/templates'
import { getScriptPrefix } from '@nuages/urls'
import { StaticPathError } from './errors.ts'
import { nameInManifest } from './manifest/active-manifest.ts'
import { integrityAttributes, staticIntegrity } from './static-integrity.ts'

/**
 * The URL of a static file: `staticUrl('blog/site.css')` → `/static/blog/site.css`, and with the hash of the file's content,
 * `/static/blog/site.55e7cbb9ba48.css`, where `debug` is off and `collectstatic` has run. Throws
 * `StaticPathError` for what is no relative path, and `StaticManifestError` for one that was not collected. Django's `static()`.
 */
export function staticUrl(path: string): string {
  if (typeof path !== 'string' || path === '' || path.startsWith('/')) {
    throw new StaticPathError(
      `static takes the path of a file below a static folder, such as 'site.css', not ${JSON.stringify(path)}.`,
    )
  }
  const base = settings.staticUrl
  // a path is below where the application is mounted, as the middleware serves it there
  const mounted = base.startsWith('/') ? getScriptPrefix().replace(/\/$/, '') + base : base
  return mounted + escapePath(nameInManifest(path))
}

/** `{% static 'site.css' %}`, and `{{ static('site.css') }}` where a value is needed; `{% static_integrity 'site.css' %}`. */
export const staticLibrary: TemplateLibrary = {
  tags: {
    static: (_context, [path]) => staticUrl(path as string),
    static_integrity: (_context, [path]) => integrityAttributes(path as string),
  },
  globals: { static: staticUrl, static_integrity: (path: string) => staticIntegrity(path) ?? '' },
}
