export type { DatabaseRouter, MigrationHints, RoutingHints } from './database-router.ts'
export { allowsMigration } from './route.ts'
