import { AccessToken } from './access-token.ts'
import { accessTokenAdmin } from './admin/access-token-admin.ts'

/** What the app `admin` shows, where it is installed. */
export const modelAdmins = [{ model: AccessToken, options: accessTokenAdmin }]
