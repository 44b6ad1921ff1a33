import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { closeDatabases, configureDatabases, database } from '../../src/backends/registry.ts'
import { char } from '../../src/fields/index.ts'
import { migrate } from '../../src/migrations/index.ts'
import { Model } from '../../src/models/index.ts'
import { CASCADE, foreignKey, manyToMany } from '../../src/relations/index.ts'
import { imports, make, project } from '../migrations/project.ts'
import { anotherDatabase, useTemporaryDatabase } from '../temporary-database.ts'

const place = useTemporaryDatabase()

class Item extends Model({ name: char({ maxLength: 9 }) }) {}
class Order extends Model({
  get item() {
    return foreignKey(Item, { onDelete: CASCADE })
  },
  get items() {
    return manyToMany(Item)
  },
}) {}
class Visit extends Model({ page: char({ maxLength: 9 }) }) {}
const apps = () => project(place.dir, { shop: { Item, Order }, stats: { Visit } })

test('allowMigrate says which tables a database gets; the record is the same in all', async () => {
  const asked = new Set<string>()
  await closeDatabases()
  configureDatabases(
    { default: place.url, other: await anotherDatabase() },
    {
      routers: [
        {
          allowMigrate(alias, app, { model }) {
            asked.add(`${alias} ${app} ${model}`)
            if (app === 'stats') return alias === 'other'
            return alias === 'default' || model === 'Item'
          },
        },
      ],
    },
  )
  await make(apps())
  mkdirSync(join(place.dir, 'stats/migrations'), { recursive: true })
  writeFileSync(
    join(place.dir, 'stats/migrations/0002_rows.ts'),
    `import * as orm from '${imports.orm}'
     import * as m from '${imports.migrations}'
     export default m.defineMigration({ dependencies: [['stats', '0001_initial']], operations: [
       m.runSQL("INSERT INTO stats_visit (page) VALUES ('sql')", "DELETE FROM stats_visit WHERE page = 'sql'"),
       m.runCode(async (history) => {
         await history.model('Visit', { page: orm.char({ maxLength: 9 }) }).objects.create({ page: 'code' })
       }, m.noop),
     ] })`,
  )
  for (const alias of ['default', 'other']) await migrate({ apps: apps(), database: alias })
  const tables = async (alias: string) => (await database(alias).tableNames()).sort()
  expect(await tables('default')).toEqual(['django_migrations', 'shop_item', 'shop_order', 'shop_order_items'])
  expect(await tables('other')).toEqual(['django_migrations', 'shop_item', 'stats_visit'])
  expect(await database('other').all({ sql: 'SELECT page FROM stats_visit ORDER BY id' }, [])).toEqual([
    ['sql'],
    ['code'],
  ])
  expect([...asked]).toEqual(
    expect.arrayContaining(['default shop Item', 'other stats Visit', 'default stats undefined']),
  )
  const recorded = async (alias: string) =>
    database(alias).all({ sql: 'SELECT app, name FROM django_migrations ORDER BY app, name' }, [])
  expect(await recorded('default')).toEqual(await recorded('other'))
  for (const alias of ['default', 'other']) {
    for (const app of ['shop', 'stats']) await migrate({ apps: apps(), app, name: 'zero', database: alias })
    expect(await tables(alias)).toEqual(['django_migrations'])
  }
})
