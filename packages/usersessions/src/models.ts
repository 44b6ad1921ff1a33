export { UserSession } from './user-session.ts'
