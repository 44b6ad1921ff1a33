import type { Link } from './printable.ts'

/** What the signed-in user may do with a model, or with the row of the page. */
export interface Permissions {
  readonly add: boolean
  readonly change: boolean
  readonly delete: boolean
  readonly view: boolean
}

/** A model in the navigation and on the index. */
export interface NavModel {
  /** For people, in the plural, with a capital: `'Posts'`. */
  readonly name: string
  readonly objectName: string
  readonly modelName: string
  readonly permissions: Permissions
  /** The change list; `null` where the user may neither view nor change. */
  readonly url: string | null
  /** The add page; `null` where the user may not add. */
  readonly addUrl: string | null
  /** Whether the page belongs to this model. */
  readonly current: boolean
}

/** An app in the navigation and on the index: those with a model that the user may see, by name. */
export interface NavApp {
  readonly name: string
  readonly appLabel: string
  readonly url: string
  readonly models: readonly NavModel[]
  readonly current: boolean
}

/** A step of the breadcrumbs; the page itself comes last and has no URL. */
export interface Breadcrumb {
  readonly label: string
  readonly url: string | null
}

/** The site, as its templates name it. */
export interface SiteFrame {
  /** In `<title>`: `'Nuages administration'`. */
  readonly title: string
  /** At the top of every page. */
  readonly header: string
  /** The namespace of its URLs, which `{% url %}` resolves `admin:` names in by itself. */
  readonly name: string
  readonly urls: {
    readonly index: string
    readonly login: string
    /** Takes POST alone. */
    readonly logout: string
    readonly passwordChange: string
    /** Takes POST of `theme` (`auto`, `light`, `dark`) and `next`: sets the cookie and goes back. */
    readonly theme: string
    /** The website itself: "View site". `null` where the site has none. */
    readonly viewSite: string | null
  }
}

/** The signed-in user; `null` on the sign-in page. */
export interface SignedInUser {
  readonly username: string
  /** The full name, or the username where there is none. */
  readonly displayName: string
  /** Up to two letters for a badge. */
  readonly initials: string
}

/** The theme that the visitor chose, from the cookie `nuages_admin_theme`; `auto` follows the system. */
export type Theme = 'auto' | 'light' | 'dark'

/**
 * What every page has. Besides these names, the context has what the processors add: `request`, `csrfToken`, `messages`
 * (each with `level`, `levelTag` and `message`, which may be HTML that is safe), `user`.
 */
export interface Frame {
  readonly site: SiteFrame
  /** The page's heading, and the first part of `<title>`. */
  readonly title: string
  /** Beside the heading, such as the row's name; or `null`. */
  readonly subtitle: string | null
  readonly signedIn: SignedInUser | null
  /** Empty where nobody is signed in, and in a popup. */
  readonly nav: readonly NavApp[]
  readonly breadcrumbs: readonly Breadcrumb[]
  readonly theme: Theme
  /** The page was opened by the script to add or choose a related row: no header, no navigation. */
  readonly isPopup: boolean
  /** `'login'`, `'index'`, `'app-index'`, `'change-list'`, `'change-form'`, …: for `<body data-page>`. */
  readonly page: string
}

/** The model that a page is about. */
export interface ModelFrame {
  readonly appLabel: string
  /** In lower case: `'post'`. */
  readonly modelName: string
  /** `'post'`, `'posts'`: for people, as the model says. */
  readonly verboseName: string
  readonly verboseNamePlural: string
  readonly app: Link
  readonly changeListUrl: string
  readonly addUrl: string | null
  /** What the user may do with the model's rows in general. */
  readonly permissions: Permissions
}
