import type { Frame } from './frame.ts'

/** What cannot be shown, `admin/error.html`: 400, 403, 404 and 500 inside the admin. */
export interface ErrorPage extends Frame {
  readonly page: 'error'
  readonly status: number
  readonly message: string
}
