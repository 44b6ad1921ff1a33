export { type FlushOptions, flush, sqlFlush } from '../flush/flush.ts'
export { type InspectModelsOptions, inspectModels, type KnownModel } from '../inspect/inspect-models.ts'
export type { MigrationApp } from './app.ts'
export type { DriftFinding } from './drift/drift-finding.ts'
export { schemaDrift } from './drift/schema-drift.ts'
export * from './errors.ts'
export { databaseHistory } from './execution/database-history.ts'
export { type MigrateOptions, migrate } from './execution/migrate.ts'
export { migrationPlan, type PlanOptions, preparedPlan } from './execution/migration-plan.ts'
export type { RunOptions } from './execution/migration-run.ts'
export type { MigrationProgress, PlannedMigration } from './execution/planned-migration.ts'
export { type PostMigrate, postMigrate } from './execution/post-migrate.ts'
export { type PreMigrate, preMigrate } from './execution/pre-migrate.ts'
export { type DriftOptions, pruneRecord, recordDrift } from './execution/record-drift.ts'
export {
  type AppMigrations,
  type MigrationStatus,
  type PlanStatus,
  type ShowOptions,
  showMigrations,
  showPlan,
} from './execution/show-migrations.ts'
export { type SqlMigrateOptions, sqlMigrate } from './execution/sql-migrate.ts'
export { unreflectedChanges } from './execution/unreflected-changes.ts'
export {
  type MadeMigration,
  type MadeMigrations,
  type MakeMigrationsOptions,
  makeMigrations,
} from './make-migrations.ts'
export {
  defineMigration,
  type MigrationDefinition,
  type MigrationName,
  type SwappableDependency,
} from './migration.ts'
export {
  addConstraintConcurrently,
  addFieldConcurrently,
  addIndexConcurrently,
  alterFieldConcurrently,
  removeIndexConcurrently,
} from './operations/concurrent-operations.ts'
export {
  type CollationOptions,
  createCollation,
  createExtension,
  removeCollation,
} from './operations/extension-operations.ts'
export { addField, alterField, type OneOff, removeField, renameField } from './operations/field-operations.ts'
export type { HistoricalModel, History } from './operations/history.ts'
export {
  addConstraint,
  addIndex,
  type NewName,
  removeConstraint,
  removeIndex,
  renameConstraint,
  renameIndex,
} from './operations/index-operations.ts'
export {
  alterModelManaged,
  alterModelRequiredDbVendor,
  alterModelTable,
  alterModelTableComment,
  type CreateModelOptions,
  createModel,
  deleteModel,
  renameModel,
} from './operations/model-operations.ts'
export { noop } from './operations/noop.ts'
export { addConstraintNotValid, validateConstraint } from './operations/not-valid-operations.ts'
export type { Operation, OperationContext } from './operations/operation.ts'
export { type MigrationCode, type RunCodeOptions, runCode } from './operations/run-code.ts'
export { type MigrationSql, type RunSQLOptions, runSQL, type SqlWithValues } from './operations/run-sql.ts'
export { type SeparateParts, separateDatabaseAndState } from './operations/separate-database-and-state.ts'
export {
  type Answers,
  answering,
  type ColumnQuestion,
  type MergedBranch,
  type MergeQuestion,
  type Questioner,
  type RenameQuestion,
} from './questioner.ts'
export { checkSafety, inspectSteps, type SafetyOptions, type SafetyStep } from './safety/check-safety.ts'
export type { Considered } from './safety/considered.ts'
export { type Finding, type FindingId, type FindingKind, findingIds } from './safety/finding.ts'
export { findingText, isUnsafe } from './safety/finding-text.ts'
export { planFindings } from './safety/plan-findings.ts'
export type { TableSizes } from './safety/table-sizes.ts'
export {
  type OptimizedMigration,
  type OptimizeMigrationOptions,
  optimizeMigration,
} from './squash/optimize-migration.ts'
export {
  type SquashedMigrations,
  type SquashMigrationsOptions,
  squashMigrations,
} from './squash/squash-migrations.ts'
export { swappableDependency } from './swappable-dependency.ts'
export type { ImportPaths } from './writer/imports.ts'
