export { createtoken } from './commands/createtoken.ts'
export { listtokens } from './commands/listtokens.ts'
export { revoketoken } from './commands/revoketoken.ts'
