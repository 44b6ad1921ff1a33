import { settings } from 'nuages'
import { ModelBackend } from 'nuages/auth'
import type { User } from '../../accounts/models.ts'

/** Who manages the demo. Its password is in every copy of this project. */
export const demoAccount = { email: 'demo@example.com', password: 'mackerel-sky', writesAs: 'maud-lenoir' } as const

/** The usual users, but for the demo's own: it gets in only while `debug` is on. */
export class DemoBackend extends ModelBackend {
  override readonly name = 'blog.DemoBackend'

  override userCanAuthenticate(user: User): boolean {
    return super.userCanAuthenticate(user) && (settings.debug || user.email !== demoAccount.email)
  }
}
