import type { User } from './accounts/models.ts'
import type settings from './settings.ts'
import type { urlpatterns } from './urls.ts'

// What makes `reverse` know the names and arguments of this project's URLs, `settings` its own keys, and `request.user` its class.
declare module 'nuages' {
  interface Register {
    urlconf: typeof urlpatterns
    settings: typeof settings
    userModel: typeof User
  }
}
