import type { MigrationApp } from '../app.ts'
import { QuestionNotAnswered } from '../errors.ts'
import { makeMigrations } from '../make-migrations.ts'
import type { Questioner } from '../questioner.ts'

/**
 * The labels of the apps whose models say what no migration says yet. Nothing is asked, and nothing is written: that something changed
 * is known before what it means is.
 */
export async function unreflectedChanges(apps: readonly MigrationApp[]): Promise<readonly string[]> {
  try {
    const { changes } = await makeMigrations({ apps, check: true, questioner: withoutAsking })
    return [...new Set(changes.map(({ app }) => app))].sort()
  } catch (error) {
    if (!(error instanceof QuestionNotAnswered)) throw error
    return apps.map(({ label }) => label).filter((label) => error.message.includes(`${label}.`))
  }
}

const withoutAsking: Questioner = {
  askNewColumn: () => null,
  askNotNull: () => undefined,
  askRename: () => null,
}
