import { DatabaseError } from '../../backends/errors.ts'
import { MigrationFailed } from '../errors.ts'
import { keyOf } from '../migration.ts'
import type { PreparedStep } from './prepare-steps.ts'
import { projectFrames } from './project-frames.ts'
import type { OperationStep } from './state-at.ts'

/** What is left of a step that failed. */
export type Left =
  /** Everything is as it was before the step. */
  | { readonly kind: 'nothing' }
  /** Nobody knows: the connection broke while the transaction was committed. */
  | { readonly kind: 'unknown' }
  /** So many operations of the file stand, counted from its first. */
  | { readonly kind: 'operations'; readonly standing: number }

/** The error of a step, with the operation that failed where it was one, and what is left of it. */
export function stepFailure(
  step: PreparedStep,
  failed: OperationStep | undefined,
  cause: unknown,
  left: Left,
): MigrationFailed {
  const key = keyOf(step.migration)
  const way = step.direction === 'forwards' ? '' : ', on the way back,'
  const where = failed
    ? `at operation ${failed.position} of ${step.operations.length}, '${failed.operation.description}'`
    : 'at its end'
  const sql = (cause as { sql?: unknown } | null)?.sql
  const lines = [
    `${key}${way} failed ${where}: ${reasonOf(cause)}`,
    ...(typeof sql === 'string' ? [`SQL: ${sql}`] : []),
    // Code may be long, and what it says of itself ("… of undefined") tells no place.
    ...(failed?.operation.factory === 'runCode' ? projectFrames(cause).map((frame) => `  at ${frame}`) : []),
    consequence(step, failed, left),
  ]
  return new MigrationFailed(lines.join('\n'), {
    cause,
    migration: key,
    operation: failed?.operation.description,
    standing: descriptions(step).slice(0, standingOf(step, left)),
  })
}

function standingOf({ direction, operations }: PreparedStep, left: Left): number {
  if (left.kind === 'operations') return left.standing
  return direction === 'forwards' ? 0 : operations.length
}

function descriptions({ operations }: PreparedStep): string[] {
  return operations.map(({ operation }) => operation.description)
}

function reasonOf(cause: unknown): string {
  const reason = cause instanceof Error ? cause.message : String(cause)
  if (!(cause instanceof DatabaseError) || cause.driverCode !== lockNotAvailable) return reason
  const table = tableOf(cause.sql ?? '')
  return `${reason}. ${table ? `The table ${table} is` : 'What it changes is'} locked by another session; try again when that has ended`
}

/** PostgreSQL's SQLSTATE where `lock_timeout` has passed. */
const lockNotAvailable = '55P03'

/** The table that a statement changes: the first that it names. */
function tableOf(sql: string): string | undefined {
  const name = /\b(?:TABLE|ON|UPDATE|INTO|FROM)\s+(?:IF (?:NOT )?EXISTS\s+|ONLY\s+)*("(?:[^"]|"")+"|[\w.]+)/i.exec(
    sql,
  )?.[1]
  return name?.replace(/^"(.*)"$/, '$1').replaceAll('""', '"')
}

function consequence(step: PreparedStep, failed: OperationStep | undefined, left: Left): string {
  const key = keyOf(step.migration)
  if (left.kind === 'nothing') return `The database and its record are as they were before ${key}.`
  if (left.kind === 'unknown') {
    return `Whether ${key} was committed is not known; if it was, the record has it. Run migrate again, which goes by the record.`
  }
  const { standing } = left
  const isAlone = failed?.operation.atomic === false
  const rest = isAlone ? ` What '${failed.operation.description}' left behind it clears away when it runs again.` : ''
  return `${step.direction === 'forwards' ? halfDone(step, standing) : halfTakenBack(step, standing)}${rest}`
}

function halfDone(step: PreparedStep, standing: number): string {
  const { app, name } = step.migration
  const again = `Run migrate again when the cause is gone: it goes on at operation ${standing + 1}`
  if (standing === 0)
    return `${app}.${name} is not atomic. None of its operations stands, and the record does not have it. ${again}.`
  return (
    `${app}.${name} is not atomic. ${named(step, 0, standing)} and the record does not have the migration. ${again}. ` +
    'To take back what stands, migrate to the one before it.'
  )
}

function halfTakenBack(step: PreparedStep, standing: number): string {
  const { app, name } = step.migration
  const total = step.operations.length
  if (standing === total) return `${app}.${name} is not atomic. All of its operations stand, and the record has it.`
  return (
    `${app}.${name} is not atomic. ${named(step, 0, standing)} ${total - standing} of ${total} are taken back. ` +
    'Run the same migrate again when the cause is gone: it goes on there. To do again what was taken back, migrate forwards.'
  )
}

/** `"Operations 1 to 2 stand ('Add field a to B', 'Run SQL'),"` */
function named(step: PreparedStep, from: number, to: number): string {
  const names = descriptions(step)
    .slice(from, to)
    .map((name) => `'${name}'`)
    .join(', ')
  if (to === 1) return `Operation 1 stands (${names}),`
  return `Operations 1 to ${to} stand (${names}),`
}
