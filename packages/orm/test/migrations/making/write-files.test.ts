import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { closeDatabases, configureDatabases } from '../../../src/backends/registry.ts'
import { Model, text } from '../../../src/index.ts'
import { migrate } from '../../../src/migrations/index.ts'
import { writeFiles } from '../../../src/migrations/making/write-files.ts'
import { useTemporaryDatabase } from '../../temporary-database.ts'
import { make, project, rows } from '../project.ts'

const place = useTemporaryDatabase()
const apps = (blogDir = place.dir) => {
  const [one, two] = project(place.dir, {
    blog: { Post: class Post extends Model({ title: text() }) {} },
    shop: { Item: class Item extends Model({ name: text() }) {} },
  })
  return [one!, { ...two!, migrationsDir: join(blogDir, 'shop/migrations') }]
}

test('where the second file cannot be written the first is gone, and its folder', async () => {
  writeFileSync(join(place.dir, 'shop'), 'a file in the way')
  const files = ['blog/migrations/a.ts', 'shop/migrations/b.ts'].map((path) => ({
    path: join(place.dir, path),
    source: '',
  }))
  await expect(writeFiles(files)).rejects.toThrow(/shop.* cannot be written: .*No file was written\./)
  expect(existsSync(join(place.dir, 'blog'))).toBe(false)
})

test('a file that is there is not written over', async () => {
  const path = join(place.dir, 'there.ts')
  writeFileSync(path, 'mine')
  const files = [
    { path: join(place.dir, 'new.ts'), source: '' },
    { path, source: 'theirs' },
  ]
  await expect(writeFiles(files)).rejects.toThrow('there.ts cannot be written: a file of that name is there already.')
  expect(existsSync(join(place.dir, 'new.ts'))).toBe(false)
  expect(readFileSync(path, 'utf8')).toBe('mine')
})

test('a folder that is not ours to write in', async () => {
  mkdirSync(join(place.dir, 'blog/migrations'), { recursive: true })
  chmodSync(place.dir, 0o755)
  chmodSync(join(place.dir, 'blog/migrations'), 0o555)
  const isRoot = process.geteuid?.() === 0
  try {
    // No folder is closed to root.
    if (isRoot) process.seteuid!(65_534)
    await expect(make(apps())).rejects.toThrow('this user may not write there')
  } finally {
    if (isRoot) process.seteuid!(0)
  }
})

test('in an installed package nothing is written, by name or not', async () => {
  const installed = apps(join(place.dir, 'node_modules/shop'))
  await expect(make(installed)).rejects.toThrow(/^'shop' is an app of an installed package, in .*node_modules/)
  expect(existsSync(join(place.dir, 'blog'))).toBe(false)
  expect((await make(installed, { only: ['blog'] })).written).toHaveLength(1)
  expect((await make(installed, { check: true })).changes).toMatchObject([{ app: 'shop' }])
})

test('a name that is none, ways that exclude each other, a history that does not fit', async () => {
  await expect(make(apps(), { name: 'a-b' })).rejects.toThrow("'a-b' cannot be part of a migration's name")
  await expect(make(apps(), { name: 'a'.repeat(300) })).rejects.toThrow('up to 200 letters')
  await expect(make(apps(), { merge: true, update: true })).rejects.toThrow(
    'merge and update are different things to do',
  )
})

test('a record that does not fit the files is told before anything is written; a database that is down is only a warning', async () => {
  await make(apps())
  await migrate({ apps: apps(), app: 'shop' })
  await make(apps(), { empty: true, only: ['blog'], name: 'later' })
  await rows(
    "INSERT INTO django_migrations (app, name, applied) VALUES ('blog', '0002_later', '2026-01-01 00:00:00') RETURNING id",
  )
  const options = { database: 'default', empty: true, only: ['blog'] }
  await expect(make(apps(), options)).rejects.toThrow(
    'The database has run blog.0002_later, but not blog.0001_initial, which it needs.',
  )
  await closeDatabases()
  configureDatabases({ default: 'postgres://127.0.0.1:1/nowhere' })
  const { warnings, written } = await make(apps(), options)
  expect(warnings).toEqual([expect.stringContaining("were not compared with what the database 'default' has run: ")])
  expect(written).toHaveLength(1)
})
