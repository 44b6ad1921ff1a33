import { expect, test } from 'vitest'
import { database } from '../../../src/backends/registry.ts'
import { arrangeMigrations } from '../../../src/migrations/autodetector/arrange-migrations.ts'
import { detectChanges } from '../../../src/migrations/autodetector/detect-changes.ts'
import { buildGraph } from '../../../src/migrations/build-graph.ts'
import { type OperationStep, operationSteps } from '../../../src/migrations/execution/state-at.ts'
import { type Answers, answering } from '../../../src/migrations/index.ts'
import { ProjectState } from '../../../src/migrations/state/project-state.ts'
import { useTemporaryDatabase } from '../../temporary-database.ts'
import { actualTables } from '../project.ts'
import { cases } from './cases/index.ts'
import { stateOf } from './detected.ts'

useTemporaryDatabase()

interface Step extends OperationStep {
  readonly app: string
}

async function stepsBetween(from: ProjectState, to: ProjectState, answers?: Answers): Promise<Step[]> {
  const changes = await detectChanges(from, to, answering(answers))
  const steps: Step[] = []
  for (const migration of arrangeMigrations(changes, buildGraph([], { apps: [] }).graph)) {
    steps.push(
      ...operationSteps(migration, steps.at(-1)?.after ?? from).map((step) => ({ ...step, app: migration.app })),
    )
  }
  return steps
}

async function forwards(steps: readonly Step[]): Promise<void> {
  for (const { app, operation, before, after } of steps) {
    await database().alterSchema((editor) =>
      operation.forwards({ app, from: before, to: after, editor, database: database(), recording: false }),
    )
  }
}

async function backwards(steps: readonly Step[]): Promise<void> {
  for (const { app, operation, before, after } of steps.toReversed()) {
    await database().alterSchema((editor) =>
      operation.backwards({ app, from: after, to: before, editor, database: database(), recording: false }),
    )
  }
}

/** With these a table changes hands, and nobody makes or drops it. */
const leftAlone = ['a model is handed over', 'a model is of one database only']
const tables = Object.entries(cases).filter(([name]) => !leftAlone.includes(name))

test.for(tables)('%s: the tables follow, and back', async ([, { before, after, answers }]) => {
  const [from, to] = [stateOf(before), stateOf(after)]
  const fresh = await stepsBetween(new ProjectState(), to)
  await forwards(fresh)
  const expected = await actualTables()
  await backwards(fresh)
  const start = await stepsBetween(new ProjectState(), from)
  await forwards(start)
  const initial = await actualTables()
  const steps = await stepsBetween(from, to, answers)
  await forwards(steps)
  expect(await actualTables()).toEqual(expected)
  await backwards(steps)
  expect(await actualTables()).toEqual(initial)
  await backwards(start)
  expect(await actualTables()).toEqual([])
})
