import { expect, test } from 'vitest'
import { useTemporaryDatabase } from '../temporary-database.ts'
import { killAtEveryBoundary } from './kill-at-boundaries.ts'
import { writeMigration } from './migration-file.ts'

const place = useTemporaryDatabase()

test('a deployment that is killed anywhere leaves each migration done or not done, forwards and backwards', async () => {
  writeMigration(place.dir, 'shop.0001_item', {
    operations: `m.createModel('Item', { id: orm.bigAuto(), name: orm.char({ maxLength: 9 }) }),
      m.runSQL("INSERT INTO shop_item (id, name) VALUES (1, 'one'), (2, 'two')", "DELETE FROM shop_item")`,
  })
  writeMigration(place.dir, 'shop.0002_size', {
    dependencies: "[['shop', '0001_item']]",
    operations: `m.addField('Item', 'size', orm.integer({ null: true })),
      m.runCode(
        async (history) => void (await history.model('Item').objects.filter({ id: 1 }).update({ size: 7 })),
        async (history) => void (await history.model('Item').objects.filter({ id: 1 }).update({ size: null })),
      )`,
  })
  const stopped = await killAtEveryBoundary(place, ['zero', '0001_item', '0002_size'], { atomic: true })
  expect(stopped.filter((what) => what === 'COMMIT')).toHaveLength(4)
  expect(stopped.filter((what) => what === 'the end')).toHaveLength(2)
}, 600_000)
