export type { DatabaseRouter, MigrationHints, RoutingHints } from './database-router.ts'
