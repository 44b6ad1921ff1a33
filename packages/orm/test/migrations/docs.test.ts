import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { database } from '../../src/backends/registry.ts'
import * as migrations from '../../src/migrations/index.ts'
import { codeOf } from '../documentation.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'
import { project, rows } from './project.ts'

const place = useTemporaryDatabase()

test('the migrations of docs/migrations/README.md run', async () => {
  const dir = join(place.dir, 'blog/migrations')
  mkdirSync(dir, { recursive: true })
  const [initial, parts, data] = codeOf('migrations/README.md')
  writeFileSync(join(dir, '0001_initial.ts'), initial!)
  writeFileSync(join(dir, '0002_fill_slugs.ts'), data!)
  writeFileSync(join(dir, '0003_post_title.ts'), parts!)
  const apps = project(place.dir, { blog: {} })
  await migrations.migrate({ apps, app: 'blog', name: '0001' })
  await database().script("INSERT INTO blog_author (name, slug) VALUES ('Ann Lee', '')")
  await migrations.migrate({ apps })
  expect(await rows('SELECT slug FROM blog_author')).toEqual([['ann-lee']])
})

test('the tables of operations name those that there are', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/migrations/operations.md'), 'utf8')
  const firstCells = [...page.matchAll(/^\|([^|]*)/gm)].map(([, cell]) => cell).join('\n')
  const named = [...firstCells.matchAll(/`(\w+)\(/g)].map(([, name]) => name!)
  const functions = Object.keys(migrations).filter((name) =>
    /^(create|delete|rename|alter|add|remove|run|separate|validate)/.test(name),
  )
  expect(named.sort()).toEqual(functions.sort())
})
