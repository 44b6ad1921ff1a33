import type settings from './settings.ts'
import type { urlpatterns } from './urls.ts'

// What makes `reverse` know the names and arguments of this project's URLs, and `settings` its own keys.
declare module 'nuages' {
  interface Register {
    urlconf: typeof urlpatterns
    settings: typeof settings
  }
}
