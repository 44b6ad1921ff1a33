export { Group, Permission } from './users/permission.ts'
export { User } from './users/user.ts'
