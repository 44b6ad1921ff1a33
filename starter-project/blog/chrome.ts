import type { HttpRequest } from 'nuages/http'
import { gettext } from 'nuages/i18n'
import type { TemplateContext } from 'nuages/templates'
import { reverse } from 'nuages/urls'
import { themeOf } from './theme.ts'
import { Writer } from './writer.ts'

/** What stands around every page: the menu, the choice of colours, and whom the visitor writes as. */
export function chrome(request: HttpRequest): TemplateContext {
  return {
    navigation: [
      menuItem(request.path, gettext('Posts'), reverse('blog:post-list')),
      menuItem(request.path, gettext('Archive'), reverse('blog:archive')),
      menuItem(request.path, gettext('Tags'), reverse('blog:tag-list')),
      menuItem(request.path, gettext('Authors'), reverse('blog:author-list')),
      menuItem(request.path, gettext('About'), reverse('blog:about')),
    ],
    theme: themeOf(request),
    themes: [
      { value: 'auto', label: gettext('Auto') },
      { value: 'light', label: gettext('Light') },
      { value: 'dark', label: gettext('Dark') },
    ],
    writer: new Writer(request),
  }
}

interface MenuItem {
  readonly label: string
  readonly href: string
  /** The value of `aria-current`. */
  readonly current: 'page' | 'true' | undefined
}

function menuItem(path: string, label: string, href: string): MenuItem {
  const inside = path.startsWith(href) || (href === '/' && path.startsWith('/posts/'))
  const current = path === href ? 'page' : inside && (href !== '/' || path.startsWith('/posts/')) ? 'true' : undefined
  return { label, href, current }
}
