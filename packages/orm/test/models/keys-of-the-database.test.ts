import { beforeEach, expect, test } from 'vitest'
import { char, database, Model, manager, registerModels, UUID4, uuid } from '../../src/index.ts'
import { modelTable } from '../../src/migrations/state/model-tables.ts'
import { useTemporaryDatabase, vendor } from '../temporary-database.ts'

class Ticket extends Model({ code: uuid({ primaryKey: true, dbDefault: UUID4() }), name: char({ maxLength: 20 }) }) {
  static objects = manager(Ticket)
}

const metas = registerModels('database_keys', { Ticket })

useTemporaryDatabase()

beforeEach(() =>
  database().alterSchema(async (editor) => {
    for (const meta of metas) await editor.createTable(modelTable(meta, vendor))
  }),
)

test('a key that the database makes, and that is no number, is read back', async () => {
  const one = await Ticket.objects.create({ name: 'one' })
  const [two, three] = await Ticket.objects.bulkCreate([{ name: 'two' }, { name: 'three' }])
  for (const { code } of [one, two!, three!]) expect(code).toMatch(/^[\da-f]{8}-[\da-f]{4}-4/)
  expect((await Ticket.objects.get({ code: one.code })).name).toBe('one')
  expect((await Ticket.objects.get({ code: three!.code })).name).toBe('three')
})
