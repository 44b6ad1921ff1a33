import type { ModelMeta } from '@nuages/orm'
import type { Breadcrumb, Frame, SignedInUser, SiteFrame, Theme } from '../pages/frame.ts'
import { navOf } from './nav.ts'
import { isPopup, type PageScope } from './page-scope.ts'
import type { SiteRegistry } from './site-registry.ts'
import { type StaffUser, userOf } from './staff-user.ts'

/** What a page says of itself to its frame. */
export interface FrameInit<Page extends string> {
  readonly page: Page
  readonly title: string
  readonly subtitle?: string | null
  /** The model that the page is about, or the label of its app. */
  readonly current?: ModelMeta | string | null
  /** Between the front page, which comes first, and the page itself, which comes last. */
  readonly trail?: readonly Breadcrumb[]
}

/** What every page has. */
export async function frameOf<Page extends string>(
  scope: PageScope,
  init: FrameInit<Page>,
): Promise<Frame & { readonly page: Page }> {
  const { site, request } = scope
  const popup = isPopup(scope)
  const user = await userOf(request)
  const allowed = await site.hasPermission(request)
  const { page, title, subtitle = null, current = null, trail = [] } = init
  return {
    site: siteFrame(site),
    title,
    subtitle,
    signedIn: allowed ? signedInUser(user) : null,
    nav: allowed && !popup ? await navOf(scope, current) : [],
    breadcrumbs:
      page === 'index'
        ? []
        : [{ label: 'Home', url: site.url('index') }, ...trail, { label: subtitle ?? title, url: null }],
    theme: themeOf(request.cookies.get(themeCookie)),
    isPopup: popup,
    page,
  }
}

/** The cookie that keeps the theme. Scripts may write it. */
export const themeCookie = 'nuages_admin_theme'

const themes: readonly Theme[] = ['auto', 'light', 'dark']

/** A theme by its name; `auto` for what is none. */
export function themeOf(name: string | undefined): Theme {
  return themes.find((theme) => theme === name) ?? 'auto'
}

function siteFrame(site: SiteRegistry): SiteFrame {
  const { name, title, header, siteUrl } = site
  return {
    name,
    title,
    header,
    urls: {
      index: site.url('index'),
      login: site.url('login'),
      logout: site.url('logout'),
      passwordChange: site.url('password-change'),
      theme: site.url('theme'),
      viewSite: siteUrl,
    },
  }
}

function signedInUser(user: StaffUser): SignedInUser {
  const username = user.getUsername()
  const displayName = user.getFullName?.() || username
  // Of an address, those of whose it is.
  const initials = displayName
    .split('@', 1)[0]!
    .split(/[\s._-]+/)
    .map((word) => word.slice(0, 1).toUpperCase())
    .filter((letter) => letter !== '')
  return { username, displayName, initials: [initials[0], initials.slice(1).at(-1)].join('') }
}
