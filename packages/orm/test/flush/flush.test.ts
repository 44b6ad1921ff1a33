import { expect, test } from 'vitest'
import { database } from '../../src/backends/registry.ts'
import { CASCADE, char, foreignKey, Model, manager, manyToMany } from '../../src/index.ts'
import { flush, type PostMigrate, postMigrate, sqlFlush } from '../../src/migrations/index.ts'
import { makeAndMigrate, project, rows } from '../migrations/project.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'

class Person extends Model({
  name: char({ maxLength: 20 }),
  get friends() {
    return manyToMany(Person)
  },
  get boss() {
    return foreignKey(Person, { onDelete: CASCADE, null: true })
  },
}) {
  static objects = manager(Person)
}

class Elsewhere extends Model({ name: char({ maxLength: 20 }) }, { managed: false }) {
  static objects = manager(Elsewhere)
}

const place = useTemporaryDatabase()

async function people() {
  const apps = project(place.dir, { staff: { Person, Elsewhere } })
  await makeAndMigrate(apps)
  await database().script('CREATE TABLE staff_elsewhere (id integer PRIMARY KEY, name varchar(20))')
  const first = await Person.objects.create({ name: 'one' })
  const second = await Person.objects.create({ name: 'two', boss: first })
  first.boss = second
  await first.save()
  await first.friends.add(second)
  await Elsewhere.objects.create({ id: 1, name: 'kept' })
  return apps
}

test('empties the tables of models and relations, whatever points to what; what others manage and the record stay', async () => {
  const apps = await people()
  const heard: PostMigrate[] = []
  const stop = postMigrate.connect((sent) => void heard.push(sent))
  try {
    expect(await flush({ apps })).toEqual(['staff_person', 'staff_person_friends'])
  } finally {
    if (typeof stop === 'function') stop()
  }
  expect(heard.map((sent) => sent.database)).toEqual(['default'])
  expect([await Person.objects.count(), await Elsewhere.objects.count()]).toEqual([0, 1])
  expect(await rows('SELECT app, name FROM django_migrations')).toEqual([['staff', '0001_initial']])
  expect((await Person.objects.create({ name: 'again' })).id).toBe(1)
})

test('where something else points to a row, nothing is emptied', async () => {
  const apps = await people()
  await database().script(
    'CREATE TABLE other (person_id bigint REFERENCES staff_person(id)); INSERT INTO other VALUES (1)',
  )
  await expect(flush({ apps })).rejects.toThrow(/other|referenced in a foreign key/)
  expect(await Person.objects.count()).toBe(2)
})

test('the SQL of it, which is not run; nothing where there are no tables', async () => {
  const apps = project(place.dir, { staff: { Person, Elsewhere } })
  expect(await sqlFlush({ apps })).toEqual([])
  expect(await flush({ apps })).toEqual([])
  await makeAndMigrate(apps)
  await Person.objects.create({ name: 'stays' })
  const statements = await sqlFlush({ apps })
  expect(statements.join('\n')).toMatch(/"staff_person".*"staff_person_friends"/s)
  expect(await Person.objects.count()).toBe(1)
})
