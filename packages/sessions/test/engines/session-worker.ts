/** One of several processes that change sessions of one store at once. Each line of the input is a task, each of the output what came of it. */
import { createInterface } from 'node:readline'
import { caches } from '@nuages/cache'
import { resetSetup, type Settings, setup } from '@nuages/core'
import { SessionInterrupted, SessionStore } from '../../src/index.ts'
import { projectSettings } from '../project/settings.ts'

interface Task {
  readonly settings: object
  readonly name: string
  /** A session that all processes change. */
  readonly shared: string
  /** One that all processes change until one of them ends it. */
  readonly ended: string
  readonly rounds: number
  readonly ends: boolean
}

/** Torn data would be no object of this form. */
async function change({ name }: Task, key: string, round: number): Promise<'changed' | 'gone' | 'interrupted'> {
  const store = new SessionStore(key)
  const value = (await store.get('filled')) as { by: string; text: string } | undefined
  if (value === undefined) return 'gone'
  if (value.text !== value.by.repeat(value.text.length / value.by.length)) throw new Error('The data of two are mixed.')
  await store.set('filled', { by: name, text: name.repeat(200 + round) })
  try {
    await store.save()
    return 'changed'
  } catch (error) {
    if (error instanceof SessionInterrupted) return 'interrupted'
    throw error
  }
}

async function run(task: Task): Promise<object> {
  const own: string[] = []
  const outcomes = new Set<string>()
  let key: string | undefined
  for (let round = 0; round < task.rounds; round++) {
    outcomes.add(await change(task, task.shared, round))
    await change(task, task.ended, round)
    // A session of its own, under a new key each time.
    const store: SessionStore = new SessionStore(key)
    await store.set('count', Number((await store.get('count')) ?? 0) + 1)
    await store.cycleKey()
    await store.save()
    key = store.sessionKey!
    own.push(key)
    if (task.ends && round === Math.floor(task.rounds / 2)) await new SessionStore(task.ended).flush()
  }
  return { own, count: await new SessionStore(key).get('count'), outcomes: [...outcomes] }
}

for await (const line of createInterface({ input: process.stdin })) {
  const task = JSON.parse(line) as Task
  await setup(projectSettings(task.settings) as Settings)
  process.stdout.write(`${JSON.stringify(await run(task))}\n`)
  await caches.close()
  await resetSetup()
}
