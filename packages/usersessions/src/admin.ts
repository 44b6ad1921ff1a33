import { userSessionAdmin } from './admin/user-session-admin.ts'
import { UserSession } from './user-session.ts'

/** What the app `admin` shows, where it is installed. */
export const modelAdmins = [{ model: UserSession, options: userSessionAdmin }]
