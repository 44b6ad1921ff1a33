import type { Draft } from '../draft.ts'
import type { ObservedChange } from '../observed-change.ts'

/** Tables that go or take another name. */
export function tableRules(change: ObservedChange): Draft[] {
  if (change.kind === 'drop') return [dropped(change.table.name)]
  if (change.kind !== 'alter' || change.before.name === change.after.name) return []
  const { before, after } = change
  return [
    {
      id: 'rename-table',
      table: before.name,
      what: `The table ${before.name} becomes ${after.name}.`,
      because: { 'breaks-running-code': 'Every query of the release that still runs names the old one, and fails.' },
      hint: [
        `Keep the table: give the model the option table: '${before.name}', and let makemigrations write the migration anew.`,
      ],
    },
  ]
}

function dropped(table: string): Draft {
  return {
    id: 'drop-table',
    table,
    what: `The table ${table} is dropped.`,
    because: {
      'breaks-running-code': 'Queries of the release that still runs fail.',
      'data-loss': 'Its rows are gone.',
    },
    hint: [
      'Release 1: take the model and all that uses it out of the code, with separateDatabaseAndState({ state: [deleteModel(…)] }).',
      `Release 2, once no process of the release before runs: runSQL('DROP TABLE "${table}"', noop).`,
    ],
  }
}
