import type { MigrationProgress, PlannedMigration } from '@nuages/orm/migrations'

/** What `migrate` does, as text: a line for each migration, which ends when the migration does. */
export function progressText(progress: MigrationProgress): string {
  switch (progress.kind) {
    case 'wait':
      return `Waiting for another migrate to end: ${progress.holder} …\n`
    case 'start':
      return `${verb(progress.migration)} ${named(progress.migration)} … `
    case 'failed':
      return `failed (${time(progress.duration)})\n`
    case 'done':
      return `${progress.fake ? 'recorded only' : 'done'} (${time(progress.duration)})\n`
  }
}

/** `12 ms`, `3.4 s`, `2 min 5 s` */
function time(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`
  const seconds = Math.round(milliseconds / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

export function named({ app, name }: PlannedMigration): string {
  return `${app}.${name}`
}

export function verb({ direction }: PlannedMigration): string {
  return direction === 'forwards' ? 'Applying' : 'Taking back'
}
