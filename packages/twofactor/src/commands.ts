export { disabletwofactor } from './commands/disabletwofactor.ts'
