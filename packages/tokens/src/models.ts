export { AccessToken } from './access-token.ts'
