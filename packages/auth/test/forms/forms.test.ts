import { type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { test as base, describe, expect } from 'vitest'
import {
  AdminPasswordChangeForm,
  AuthenticationForm,
  PasswordChangeForm,
  SetPasswordForm,
  User,
  UserCreationForm,
} from '../../src/index.ts'
import settings from '../project/settings.ts'

const test = base.extend<DatabaseFixtures>(testDatabase(settings))

async function problems(form: { isValid(): Promise<boolean>; errors: Iterable<[string, Iterable<unknown>]> }) {
  await form.isValid()
  return Object.fromEntries([...form.errors].map(([name, list]) => [name, [...list].map(String)]))
}

describe('UserCreationForm', () => {
  const data = { username: 'ann', password1: 'correct horse', password2: 'correct horse' }

  test('makes a user who can log in', async () => {
    const form = new UserCreationForm({ data })
    expect(await form.isValid()).toBe(true)
    const user = await form.save()
    expect(await (await User.objects.get({ id: user.id })).checkPassword('correct horse')).toBe(true)
  })

  test('refuses names that are taken, in whatever case, or cannot be', async () => {
    await User.objects.createUser({ username: 'Ann' })
    expect(await problems(new UserCreationForm({ data }))).toEqual({
      username: ['There is already a user with this username.'],
    })
    const spaced = await problems(new UserCreationForm({ data: { ...data, username: 'a b' } }))
    expect(spaced).toEqual({ username: ['A username has letters, digits and @ . + - _ and nothing else.'] })
    expect(await problems(new UserCreationForm({ data: { ...data, username: 'x'.repeat(151) } }))).toHaveProperty(
      'username',
    )
  })

  test('asks the rules, which know the name', async () => {
    const same = { username: 'annabella', password1: 'annabella1', password2: 'annabella1' }
    expect(await problems(new UserCreationForm({ data: same }))).toEqual({
      password2: ['This password is too much like the username.'],
    })
    expect(await problems(new UserCreationForm({ data: { ...data, password2: 'other' } }))).toEqual({
      password2: ['The two passwords are not the same.'],
    })
    expect(await User.objects.count()).toBe(0)
  })

  test('says the rules, and lets the browser make a password up', () => {
    const form = new UserCreationForm()
    expect(form.fields.password1.helpText).toContain('At least 8 characters.')
    expect(form.fields.password1.widget.attrs).toEqual({ autocomplete: 'new-password' })
  })
})

describe('AuthenticationForm', () => {
  test('asks nothing about a name that no user can have', async () => {
    const form = new AuthenticationForm({ data: { username: '\ufdfa'.repeat(151), password: 'x' } })
    expect(await problems(form)).toEqual({ username: ['At most 150 characters are allowed; this has 151.'] })
  })
})

describe('SetPasswordForm and AdminPasswordChangeForm', () => {
  test('store a password that is typed twice', async () => {
    const user = await User.objects.createUser({ username: 'ann' })
    const form = new SetPasswordForm({ user, data: { newPassword1: ' spaced out ', newPassword2: ' spaced out ' } })
    expect(await form.isValid()).toBe(true)
    await form.save()
    expect(await (await User.objects.get()).checkPassword(' spaced out ')).toBe(true)
    const byAdmin = new AdminPasswordChangeForm({
      user,
      data: { password1: 'battery staple', password2: 'battery staple' },
    })
    expect(await byAdmin.isValid()).toBe(true)
    await byAdmin.save({ commit: false })
    expect(await (await User.objects.get()).checkPassword('battery staple')).toBe(false)
    await user.save()
    expect(await (await User.objects.get()).checkPassword('battery staple')).toBe(true)
  })
})

describe('AuthenticationForm', () => {
  test('knows the user, once it is valid', async () => {
    await User.objects.createUser({ username: 'ann', password: 'correct horse' })
    const form = new AuthenticationForm({ data: { username: ' ann ', password: 'correct horse' } })
    expect(form.getUser()).toBe(null)
    expect(await form.isValid()).toBe(true)
    expect(form.getUser()?.username).toBe('ann')
  })

  test('may be stricter', async () => {
    class StaffForm extends AuthenticationForm {
      override confirmLoginAllowed(user: User): void {
        super.confirmLoginAllowed(user)
        if (!user.isStaff) throw this.invalidLogin()
      }
    }
    await User.objects.createUser({ username: 'ann', password: 'correct horse' })
    const form = new StaffForm({ data: { username: 'ann', password: 'correct horse' } })
    expect(await form.isValid()).toBe(false)
    expect(form.getUser()).toBe(null)
    expect(form.hasError(null, 'invalid_login')).toBe(true)
  })
})

describe('a form about a password that took its time', () => {
  const twice = { newPassword1: 'battery staple', newPassword2: 'battery staple' }
  const makeUser = () =>
    User.objects.createUser({ username: 'ann', password: 'correct horse', isStaff: true, isSuperuser: true })

  test('gives back nothing that was taken away meanwhile', async () => {
    const forms = [
      (user: User) => new SetPasswordForm({ user, data: twice }),
      (user: User) => new PasswordChangeForm({ user, data: { oldPassword: 'correct horse', ...twice } }),
      (user: User) =>
        new AdminPasswordChangeForm({ user, data: { password1: 'battery staple', password2: 'battery staple' } }),
    ]
    for (const make of forms) {
      const user = await makeUser()
      const form = make(user)
      await User.objects.filter({ pk: user.pk }).update({ isActive: false, isStaff: false, isSuperuser: false })
      expect(await form.isValid()).toBe(true)
      await form.save()
      const stored = await User.objects.get({ pk: user.pk })
      expect([stored.isActive, stored.isStaff, stored.isSuperuser]).toEqual([false, false, false])
      expect(await stored.checkPassword('battery staple')).toBe(true)
      await stored.delete()
    }
  })

  test('does not take a former password', async () => {
    const user = await makeUser()
    const form = new PasswordChangeForm({ user, data: { oldPassword: 'correct horse', ...twice } })
    const other = await User.objects.get({ pk: user.pk })
    await other.setPassword('another one of hers')
    await other.save()
    expect(await problems(form)).toEqual({ oldPassword: ['This is not your current password.'] })
  })
})
