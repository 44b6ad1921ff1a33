import type { Frame } from './frame.ts'

/** What cannot be shown, `admin/error.html`: 400, 403 and 404 inside the admin. An unforeseen error is the project's own 500. */
export interface ErrorPage extends Frame {
  readonly page: 'error'
  readonly status: number
  readonly message: string
}
