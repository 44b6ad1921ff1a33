export { changepassword } from './commands/changepassword.ts'
export { createsuperuser } from './commands/createsuperuser.ts'
