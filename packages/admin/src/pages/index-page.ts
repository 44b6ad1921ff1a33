import type { Frame, NavApp } from './frame.ts'

/** A line of "Recent actions": what the signed-in user did last. */
export interface RecentAction {
  readonly action: 'addition' | 'change' | 'deletion'
  /** The row's text as it was then. */
  readonly object: string
  /** Its change page; `null` for what was deleted or may not be seen. */
  readonly url: string | null
  /** `'post'`; `null` for a model that is gone. */
  readonly model: string | null
  /** A sentence of what was done: `'Changed Title and Body.'` */
  readonly summary: string
  readonly time: Temporal.Instant
}

/** The front page, `admin/index.html`. */
export interface IndexPage extends Frame {
  readonly page: 'index'
  readonly apps: readonly NavApp[]
  readonly recentActions: readonly RecentAction[]
}

/** The models of one app, `admin/app_index.html`. */
export interface AppIndexPage extends Frame {
  readonly page: 'app-index'
  readonly app: NavApp
}
