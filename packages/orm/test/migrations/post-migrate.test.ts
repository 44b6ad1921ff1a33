import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { database } from '../../src/backends/registry.ts'
import { char } from '../../src/fields/index.ts'
import { migrate, type PostMigrate, postMigrate } from '../../src/migrations/index.ts'
import { Model } from '../../src/models/index.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'
import { make, project } from './project.ts'

const place = useTemporaryDatabase()
let events: PostMigrate[]

beforeEach(() => {
  events = []
})

function listen(receiver: (event: PostMigrate) => void | Promise<void>): void {
  onTestFinished(postMigrate.connect(receiver))
}

test('postMigrate is sent once after each migrate, outside any transaction, with what ran', async () => {
  const apps = project(place.dir, { blog: { Tag: class Tag extends Model({ name: char({ maxLength: 9 }) }) {} } })
  await make(apps)
  listen(async (event) => {
    await database(event.database).atomic(async () => {}, { durable: true })
    events.push(event)
  })
  await migrate({ apps, plan: true })
  expect(events).toEqual([])
  await migrate({ apps })
  await migrate({ apps })
  await migrate({ apps, app: 'blog', name: 'zero' })
  expect(
    events.map(({ database: alias, ran }) => [alias, ran.map(({ name, direction }) => [name, direction])]),
  ).toEqual([
    ['default', [['0001_initial', 'forwards']]],
    ['default', []],
    ['default', [['0001_initial', 'backwards']]],
  ])
})

test('a receiver that fails fails migrate, and what ran stays', async () => {
  const apps = project(place.dir, { blog: { Tag: class Tag extends Model({ name: char({ maxLength: 9 }) }) {} } })
  await make(apps)
  listen(() => {
    throw new Error('no permissions made')
  })
  await expect(migrate({ apps })).rejects.toThrow('no permissions made')
  expect(await database().tableNames()).toContain('blog_tag')
})
