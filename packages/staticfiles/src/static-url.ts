import { settings } from '@nuages/core'
import { escapePath } from '@nuages/http'
import type { TemplateLibrary } from '@nuages/templates'
import { getScriptPrefix } from '@nuages/urls'
import { StaticPathError } from './errors.ts'

/**
 * The URL of a static file: `staticUrl('blog/site.css')` → `/static/blog/site.css`. It does not look whether the file is there.
 * Throws `StaticPathError` for what is no relative path. Django's `static()`.
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
  return mounted + escapePath(path)
}

/** `{% static 'site.css' %}`, and `{{ static('site.css') }}` where a value is needed. */
export const staticLibrary: TemplateLibrary = {
  tags: { static: (_context, [path]) => staticUrl(path as string) },
  globals: { static: staticUrl },
}
