import { IntegrityError, ValidationError } from '@nuages/orm'
import { type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { test as base, describe, expect } from 'vitest'
import { AnonymousUser, getUserModel, InvalidUser, makePassword, pbkdf2Hasher, User } from '../../src/index.ts'
import settings from '../project/settings.ts'

const test = base.extend<DatabaseFixtures>(testDatabase(settings))

describe('createUser', () => {
  test('hashes the password, and stores names in one form', async () => {
    const user = await User.objects.createUser({
      username: '\u2126hm', // the sign for ohm, which NFKC makes the letter omega
      email: 'Ann.Smith@EXAMPLE.Com',
      password: 'secret',
      firstName: 'Ann',
    })
    const stored = await User.objects.get({ username: '\u03a9hm' })
    expect(stored).toEqual(user)
    expect(stored).toMatchObject({ email: 'Ann.Smith@example.com', firstName: 'Ann', lastName: '', isActive: true })
    expect(stored).toMatchObject({ isStaff: false, isSuperuser: false, lastLogin: null })
    expect(stored.password).toMatch(/^argon2\$/)
    expect(await stored.checkPassword('secret')).toBe(true)
    expect(await stored.checkPassword('Secret')).toBe(false)
    expect(String(stored)).toBe('\u03a9hm')
  })

  test('without a password makes one who cannot log in with any', async () => {
    const user = await User.objects.createUser({ username: 'ann' })
    expect(user.hasUsablePassword()).toBe(false)
    expect(await user.checkPassword('')).toBe(false)
    expect(await user.checkPassword(user.password)).toBe(false)
  })

  test('refuses to do so without a name, or twice', async () => {
    await expect(User.objects.createUser({ username: '', password: 'x' })).rejects.toThrow(
      new InvalidUser("A user needs a username; got ''."),
    )
    await expect(User.objects.createUser({})).rejects.toThrow('A user needs a username; got undefined.')
    await User.objects.createUser({ username: 'ann' })
    await expect(User.objects.createUser({ username: 'ann' })).rejects.toThrow(IntegrityError)
  })
})

test('createSuperuser makes one who may do everything', async () => {
  const user = await User.objects.createSuperuser({ username: 'root', email: 'r@example.com', password: 'secret' })
  expect([user.isStaff, user.isSuperuser, await user.hasPerm('any.thing')]).toEqual([true, true, true])
  const refused = User.objects.createSuperuser({ username: 'half', isStaff: false })
  await expect(refused).rejects.toThrow('A superuser has isStaff: true, not false.')
})

describe('a user', () => {
  test('has names and says who they are', () => {
    const user = new User({ username: 'ann', firstName: 'Ann', lastName: 'Smith' })
    expect([user.getFullName(), user.getShortName(), user.getUsername()]).toEqual(['Ann Smith', 'Ann', 'ann'])
    expect(new User({ username: 'bob' }).getFullName()).toBe('')
    expect([user.isAuthenticated, user.isAnonymous]).toEqual([true, false])
    expect(getUserModel()).toBe(User)
  })

  test('is checked as a form would', async () => {
    const user = new User({ username: 'no spaces!', email: 'nobody', password: 'x' })
    const error = await user.fullClean().catch((thrown: unknown) => thrown as ValidationError)
    expect(Object.keys((error as ValidationError).errors).sort()).toEqual(['email', 'username'])
    for (const username of ['ann', 'Zoë', '김치', 'ann+work@example.com', 'a_b-c.d', 'Ⅷ']) {
      await new User({ username, password: 'x' }).fullClean()
    }
    for (const username of ['', 'a b', 'a\n', 'a/b', '<b>', '\u200bann', 'ann\u0000']) {
      await expect(new User({ username, password: 'x' }).fullClean(), username).rejects.toThrow(ValidationError)
    }
  })

  test('gets a password by setPassword and save', async () => {
    const user = await User.objects.createUser({ username: 'ann', password: 'before' })
    await user.setPassword('after')
    expect(await (await User.objects.get({ username: 'ann' })).checkPassword('before')).toBe(true)
    await user.save()
    expect(await (await User.objects.get({ username: 'ann' })).checkPassword('after')).toBe(true)
    user.setUnusablePassword()
    expect(user.hasUsablePassword()).toBe(false)
  })

  test("of Django's database has the password hashed anew when it is checked, and nothing else is written", async () => {
    const user = await User.objects.createUser({ username: 'ann' })
    user.password = await makePassword('secret', { hasher: pbkdf2Hasher({ iterations: 1000 }) })
    await user.save()
    const read = await User.objects.get({ username: 'ann' })
    await User.objects.filter({ username: 'ann' }).update({ firstName: 'Ann' })
    expect(await read.checkPassword('secret')).toBe(true)
    const again = await User.objects.get({ username: 'ann' })
    expect(again.password).toMatch(/^argon2\$/)
    expect(again.firstName).toBe('Ann')
    expect(await again.checkPassword('secret')).toBe(true)
  })

  test('has a session hash that is Django’s', () => {
    // User(password='pbkdf2_sha256$1$x$y').get_session_auth_hash() of Django 5.2 under the same secret key
    const user = new User({ username: 'ann', password: 'pbkdf2_sha256$1$x$y' })
    expect(user.getSessionAuthHash()).toBe('44c23ec635cd51e8c22048945025c21d4af7419e74078c8a3514787f8c93ff01')
    expect(user.getSessionAuthFallbackHashes()).toHaveLength(1)
    expect(user.getSessionAuthFallbackHashes()).not.toContain(user.getSessionAuthHash())
  })
})

test('whoever is not logged in has no row and no permission', async () => {
  const nobody = new AnonymousUser()
  expect(nobody).toMatchObject({ id: null, username: '', isStaff: false, isActive: false, isSuperuser: false })
  expect([nobody.isAuthenticated, nobody.isAnonymous, String(nobody)]).toEqual([false, true, 'AnonymousUser'])
  expect([await nobody.groups, await nobody.userPermissions]).toEqual([[], []])
  expect(await nobody.hasPerm('notes.add_note')).toBe(false)
  expect(await nobody.hasModulePerms('notes')).toBe(false)
  expect(await nobody.getAllPermissions()).toEqual(new Set())
})
