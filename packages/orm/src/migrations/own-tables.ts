/** The record of what ran. */
export const recordTable = 'django_migrations'

/** How far a migration came that was stopped, where it is not one transaction. */
export const unfinishedTable = 'nuages_unfinished_migrations'

/** What migrations keep for themselves: it is no model's, and in no migration. */
export const ownTables: ReadonlySet<string> = new Set([recordTable, unfinishedTable])
