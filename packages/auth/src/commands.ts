export { changepassword } from './commands/changepassword.ts'
export { clearsignups } from './commands/clearsignups.ts'
export { createsuperuser } from './commands/createsuperuser.ts'
