import { expect, test } from 'vitest'
import { useTemporaryDatabase } from '../temporary-database.ts'
import { killAtEveryBoundary } from './kill-at-boundaries.ts'
import { writeMigration } from './migration-file.ts'

const place = useTemporaryDatabase()

test('a deployment that is killed anywhere in a migration that is not atomic is made whole by the next, forwards and backwards', async () => {
  writeMigration(place.dir, 'shop.0001_item', {
    operations: "m.createModel('Item', { id: orm.bigAuto(), name: orm.char({ maxLength: 9 }) })",
  })
  writeMigration(place.dir, 'shop.0002_parts', {
    dependencies: "[['shop', '0001_item']]",
    atomic: false,
    operations: `m.runSQL("INSERT INTO shop_item (id, name) VALUES (1, 'one')", "DELETE FROM shop_item WHERE name = 'one'"),
      m.addField('Item', 'size', orm.integer({ default: 1 })),
      m.addIndexConcurrently('Item', { name: 'item_size', fields: ['size'] })`,
  })
  const stopped = await killAtEveryBoundary(place, ['0001_item', '0002_parts'], { atomic: false })
  expect(stopped.filter((what) => what === 'COMMIT').length).toBeGreaterThanOrEqual(6)
  expect(stopped.filter((what) => what === 'the end')).toHaveLength(2)
}, 600_000)
