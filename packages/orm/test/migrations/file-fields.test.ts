import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MemoryStorage, setDefaultStorage } from '@nuages/files'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { database } from '../../src/backends/registry.ts'
import { file, image } from '../../src/fields/index.ts'
import { migrate } from '../../src/migrations/index.ts'
import { Model } from '../../src/models/index.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'
import { actualTables, expectedTables, imports, make, makeAndMigrate, project, rows } from './project.ts'

const place = useTemporaryDatabase()
const media = new MemoryStorage()
beforeEach(() => setDefaultStorage(media))
afterEach(() => setDefaultStorage(undefined))

test('a migration holds the column of a file, not where files go', async () => {
  const storage = new MemoryStorage()
  class Post extends Model({
    cover: image({ blank: true, uploadTo: 'covers/%Y' }),
    paper: file({ maxLength: 50, null: true, storage, uploadTo: (post: object, name) => `${typeof post}/${name}` }),
  }) {}
  const apps = project(place.dir, { blog: { Post } })
  const { changes } = await makeAndMigrate(apps)
  expect(changes[0]!.source).toContain('      cover: image(),\n      paper: file({ maxLength: 50, null: true }),\n')
  expect(await actualTables()).toEqual(expectedTables(apps))

  const moved = class Post extends Model({
    cover: image({ uploadTo: 'elsewhere/' }),
    paper: file({ maxLength: 50, null: true, uploadTo: 'papers/' }),
  }) {}
  expect((await make(project(place.dir, { blog: { Post: moved } }), { check: true })).changes).toEqual([])
  const longer = class Post extends Model({
    cover: image({ maxLength: 200 }),
    paper: file({ maxLength: 50, null: true }),
  }) {}
  const changed = await make(project(place.dir, { blog: { Post: longer } }), { check: true })
  expect(changed.changes[0]!.operations).toEqual(['Alter field cover of Post'])
})

test('models of the past read and store files, in the transaction of the migration', async () => {
  class Post extends Model({ cover: image({ uploadTo: 'covers/' }) }) {}
  const apps = project(place.dir, { blog: { Post } })
  await makeAndMigrate(apps)
  await database().script("INSERT INTO blog_post (cover) VALUES ('covers/old.png')")
  const code = (end: string) => `
import { image } from '${imports.orm}'
import { defineMigration, runCode } from '${imports.migrations}'

export default defineMigration({
  dependencies: [['blog', '0001_initial']],
  operations: [
    runCode(async (history) => {
      const Post = history.model('Post', { cover: image() })
      for (const post of await Post.objects.all()) {
        post.cover = { name: 'of ' + post.cover, size: 0, async *stream() {}, bytes: async () => new Uint8Array() }
        await post.save()
      }
      ${end}
    }),
  ],
})
`
  writeFileSync(join(place.dir, 'blog/migrations/0002_failing.ts'), code("throw new Error('stopped')"))
  await expect(migrate({ apps })).rejects.toThrow('stopped')
  expect(media.names).toEqual([])
  rmSync(join(place.dir, 'blog/migrations/0002_failing.ts'))
  writeFileSync(join(place.dir, 'blog/migrations/0002_working.ts'), code(''))
  await migrate({ apps })
  expect(media.names).toEqual(['of_coversold.png'])
  expect(await rows('SELECT cover FROM blog_post')).toEqual([['of_coversold.png']])
})
