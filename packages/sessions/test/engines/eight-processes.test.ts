import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { SessionStore } from '../../src/index.ts'
import { type EngineProject, keyedEngines, openProject } from './engine-project.ts'
import { WorkerProcess } from './worker-processes.ts'

const processes = 8
const rounds = 12

let workers: readonly WorkerProcess[]
// Started once: a process takes longer to start than to work.
beforeAll(() => {
  workers = Array.from({ length: processes }, () => new WorkerProcess())
})
afterAll(() => {
  for (const worker of workers) worker.close()
})

let project: EngineProject | undefined
afterEach(() => project?.close())

async function filled(): Promise<string> {
  const store = new SessionStore()
  await store.set('filled', { by: 'x', text: 'xxxx' })
  await store.save()
  return store.sessionKey!
}

const shared = keyedEngines.filter(({ cache }) => cache !== 'memory:')

describe.for(shared)('eight processes on one store: $title', (engine) => {
  test('lose nothing, mix nothing up, and bring nothing back', { timeout: 240_000 }, async () => {
    project = await openProject(engine)
    const [all, ended] = [await filled(), await filled()]
    const outcomes = await Promise.all(
      workers.map((worker, index) =>
        worker.run({
          settings: project!.settings,
          name: String.fromCharCode(97 + index),
          shared: all,
          ended,
          rounds,
          ends: index === 3,
        }),
      ),
    )
    const keys = outcomes.flatMap(({ own }) => own)
    expect(new Set(keys).size).toBe(processes * rounds)
    for (const { own, count, outcomes: seen } of outcomes) {
      expect(seen).toEqual(['changed'])
      expect(count).toBe(rounds)
      expect(await new SessionStore(own.at(-1)).get('count')).toBe(rounds)
      for (const former of own.slice(0, -1)) expect(await new SessionStore(former).keys()).toEqual([])
    }
    expect(await new SessionStore(ended).keys()).toEqual([])
    const { by, text } = (await new SessionStore(all).get('filled')) as { by: string; text: string }
    expect(text).toBe(by.repeat(200 + rounds - 1))
  })
})
