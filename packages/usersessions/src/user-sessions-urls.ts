import { path } from '@nuages/urls'
import { UserSessionsView } from './user-sessions-view.ts'

/** The page where users see where they are logged in: `path('accounts/', include(userSessionsUrls))`. Its name is `sessions`. */
export const userSessionsUrls = [path('sessions/', UserSessionsView.asView(), 'sessions')]
