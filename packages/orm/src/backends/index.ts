export * from './database.ts'
export * from './errors.ts'
export { captureQueries, QueryEvent, queryChannel } from './query-channel.ts'
export * from './registry.ts'
