import { ContentType } from '@nuages/contenttypes'
import { database } from '@nuages/orm'
import { assertNumQueries, type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { test as base, describe, expect } from 'vitest'
import { createPermissions, Group, getUserModel, Permission, User } from '../../src/index.ts'
import settings from '../project/settings.ts'

const test = base.extend<DatabaseFixtures>(testDatabase(settings))

describe('what migrate makes', () => {
  test('is four for each model, and those that the model names', async () => {
    const rows = await Permission.objects.filter({ contentType__appLabel: 'notes' }).valuesList('codename', 'name')
    expect(rows).toEqual([
      ['view_logline', 'Can view log line'],
      ['add_note', 'Can add short note'],
      ['change_note', 'Can change short note'],
      ['delete_note', 'Can delete short note'],
      ['pin_note', 'Can pin a note'],
      ['view_note', 'Can view short note'],
    ])
    const names = await Permission.objects.filter({ contentType__appLabel: 'auth' }).valuesList('name', { flat: true })
    expect(names.slice(-4)).toEqual(['Can add user', 'Can change user', 'Can delete user', 'Can view user'])
  })

  test('is in every database', async () => {
    expect(await Permission.objects.using('other').count()).toBe(await Permission.objects.count())
  })

  test('is not made twice: it is read in a few queries', async () => {
    const before = await Permission.objects.count()
    await assertNumQueries(4, () => createPermissions())
    expect(await Permission.objects.count()).toBe(before)
  })

  test('is made where it is missing, and what is stale stays', async () => {
    const contentType = await ContentType.objects.create({ appLabel: 'gone', model: 'thing' })
    await Permission.objects.create({ contentType, codename: 'add_thing', name: 'Can add thing' })
    await Permission.objects.filter({ codename: 'pin_note' }).delete()
    const before = await Permission.objects.count()
    await createPermissions()
    expect(await Permission.objects.count()).toBe(before + 1)
    const pin = await Permission.objects.getByNaturalKey('pin_note', 'notes', 'note')
    expect(String(pin)).toBe('Can pin a note')
    expect(await Permission.objects.filter({ codename: 'add_thing' }).exists()).toBe(true)
  })

  test('is left alone where the tables are gone', async () => {
    await database().script('DROP TABLE auth_user_user_permissions; DROP TABLE auth_group_permissions')
    await database().script('DROP TABLE auth_permission')
    await createPermissions()
  })
})

async function withPermissions(): Promise<User> {
  const user = await User.objects.createUser({ username: 'ann' })
  const find = (codename: string) => Permission.objects.getByNaturalKey(codename, 'notes', 'note')
  const group = await Group.objects.create({ name: 'editors' })
  await group.permissions.add(await find('change_note'), await find('view_note'))
  await user.groups.add(group)
  await user.userPermissions.add(await find('add_note'), await find('view_note'))
  return User.objects.get({ username: 'ann' })
}

describe('a user', () => {
  test('may do what is permitted, in person or by groups', async () => {
    const user = await withPermissions()
    expect(await user.getUserPermissions()).toEqual(new Set(['notes.add_note', 'notes.view_note']))
    expect(await user.getGroupPermissions()).toEqual(new Set(['notes.change_note', 'notes.view_note']))
    expect([...(await user.getAllPermissions())].sort()).toEqual(
      ['add', 'change', 'view'].map((a) => `notes.${a}_note`),
    )
    expect(await user.hasPerm('notes.change_note')).toBe(true)
    expect(await user.hasPerm('notes.delete_note')).toBe(false)
    expect(await user.hasPerm('change_note')).toBe(false)
    expect(await user.hasPerms(['notes.add_note', 'notes.change_note'])).toBe(true)
    expect(await user.hasPerms(['notes.add_note', 'notes.delete_note'])).toBe(false)
    expect(await user.hasModulePerms('notes')).toBe(true)
    expect(await user.hasModulePerms('note')).toBe(false)
    expect(await user.hasModulePerms('auth')).toBe(false)
  })

  test('costs one query, however often and at once it is asked', async () => {
    const user = await withPermissions()
    await assertNumQueries(1, async () => {
      await Promise.all([user.hasPerm('notes.add_note'), user.hasPerm('notes.change_note'), user.hasModulePerms('x')])
      await user.hasPerm('notes.delete_note')
    })
  })

  test('is asked anew as another object', async () => {
    const user = await withPermissions()
    expect(await user.hasPerm('notes.delete_note')).toBe(false)
    await user.userPermissions.add(await Permission.objects.getByNaturalKey('delete_note', 'notes', 'note'))
    expect(await user.hasPerm('notes.delete_note')).toBe(false)
    expect(await (await User.objects.get({ username: 'ann' })).hasPerm('notes.delete_note')).toBe(true)
  })

  test('who is not active may do nothing, a superuser included', async () => {
    const user = await withPermissions()
    user.isActive = false
    expect(await user.hasPerm('notes.add_note')).toBe(false)
    expect(await user.hasModulePerms('notes')).toBe(false)
    expect(await user.getAllPermissions()).toEqual(new Set())
    user.isSuperuser = true
    expect(await user.hasPerm('notes.add_note')).toBe(false)
  })

  test('who is a superuser is permitted everything without a query', async () => {
    const user = await User.objects.createSuperuser({ username: 'root' })
    await assertNumQueries(0, async () => {
      expect(await user.hasPerm('no.such_thing')).toBe(true)
      expect(await user.hasModulePerms('nothing')).toBe(true)
    })
    expect((await user.getAllPermissions()).size).toBe(await Permission.objects.count())
  })

  test('has no permission for single objects from the database', async () => {
    const user = await withPermissions()
    expect(await user.hasPerm('notes.add_note', user)).toBe(false)
  })

  test('may be asked after all who are in a group', async () => {
    await withPermissions()
    expect(await getUserModel().objects.filter({ groups__name: 'editors' }).count()).toBe(1)
    expect(await Permission.objects.filter({ groups__name: 'editors' }).count()).toBe(2)
  })
})
