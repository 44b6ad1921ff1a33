import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ContentType } from '@nuages/contenttypes'
import { database } from '@nuages/orm'
import { loadFixtures, serialize } from '@nuages/orm/serializers'
import { assertNumQueries, type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { test as base, beforeEach, describe, expect } from 'vitest'
import { django, withoutDjango } from '../../orm/test/serialization/django/real-django.ts'
import { Group, Permission, User } from '../src/index.ts'
import settings from './project/settings.ts'

const test = base.extend<DatabaseFixtures>(testDatabase(settings))
const natural = { useNaturalForeignKeys: true, useNaturalPrimaryKeys: true }

const dump = async (options = {}) => {
  const models = [ContentType, Permission, Group, User] as const
  const rows: object[] = []
  for (const model of models) rows.push(...(await (model as typeof User).objects.orderBy('id')))
  return serialize('json', rows, options)
}
const load = (text: string) => loadFixtures([{ name: 'users.json', format: 'json', open: () => text }])

/** Objects in no order, nor what a relation leads to. */
const unordered = (text: string) =>
  (JSON.parse(text) as { model: string; pk: unknown; fields: Record<string, unknown> }[])
    .map(({ model, pk, fields }) => {
      const lists = ['permissions', 'groups', 'user_permissions']
      const entries = Object.entries(fields).map(([name, value]) => {
        return [name, lists.includes(name) ? (value as unknown[]).map((one) => JSON.stringify(one)).sort() : value]
      })
      return JSON.stringify([
        model,
        pk,
        entries.sort(([one], [other]) => ((one as string) < (other as string) ? -1 : 1)),
      ])
    })
    .sort()

beforeEach(async () => {
  const find = (codename: string) => Permission.objects.getByNaturalKey(codename, 'notes', 'note')
  const editors = await Group.objects.create({ name: 'Editors & co' })
  await editors.permissions.add(await find('change_note'), await find('view_note'))
  const ann = await User.objects.createUser({
    username: 'ann',
    dateJoined: Temporal.Instant.from('2026-01-02T03:04:05Z'),
  })
  await ann.groups.add(editors)
  await ann.userPermissions.add(await find('pin_note'))
})

test('users, groups and permissions by their natural keys, into a database whose keys are others', async ({
  database: fresh,
}) => {
  const text = await dump(natural)
  const written = JSON.parse(text) as { model: string; pk?: unknown; fields: Record<string, unknown> }[]
  expect(written.some(({ pk }) => pk !== undefined)).toBe(false)
  expect(written.find(({ model }) => model === 'auth.user')!.fields).toMatchObject({
    username: 'ann',
    groups: [['Editors & co']],
    user_permissions: [['pin_note', 'notes', 'note']],
  })
  await fresh.reset()
  const before = await Permission.objects.count()
  await ContentType.objects.create({ appLabel: 'another', model: 'one' })
  await load(text)
  expect(await Permission.objects.count()).toBe(before)
  const ann = await User.objects.getByNaturalKey('ann')
  expect(await ann.hasPerms(['notes.change_note', 'notes.pin_note'])).toBe(true)
})

test('permissions are named in as many queries, however many there are', async () => {
  const permissions = await Permission.objects.all()
  await assertNumQueries(1, async () => serialize('json', permissions, natural))
})

describe.skipIf(withoutDjango)('real Django', { timeout: 120_000 }, () => {
  const apps = ['django.contrib.contenttypes', 'django.contrib.auth']
  const url = () => `sqlite:${(database() as unknown as { path: string }).path}`

  for (const [name, options, words] of [
    ['keys', {}, []],
    ['natural keys', natural, ['--natural-foreign', '--natural-primary']],
  ] as const) {
    test(`writes and loads the same users, by ${name}`, async () => {
      const before = await dump(options)
      const theirs = await django(url(), apps, 'dumpdata', ...words)
      expect(unordered(theirs)).toEqual(unordered(before))
      const empty = async () => {
        for (const { objects } of [User, Group, Permission, ContentType])
          await (objects as typeof User.objects).delete()
      }
      await empty()
      await load(theirs)
      expect(unordered(await dump(options))).toEqual(unordered(before))
      const file = join(tmpdir(), `nuages-users-${process.pid}.json`)
      await writeFile(file, before)
      await empty()
      await django(url(), apps, 'loaddata', file)
      await rm(file)
      expect(unordered(await dump(options))).toEqual(unordered(before))
    })
  }
})
