import { char, compose, email, registerModels } from '@nuages/orm'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { AbstractBaseUser, AbstractUser, BaseUserCreationForm, permissionsMixin, UserManager } from '../../src/index.ts'
import '../project/set-up.ts'

class Account extends AbstractUser({ phone: char({ maxLength: 20, default: '' }) }) {
  static objects = new UserManager(Account)
}

class Member extends AbstractBaseUser(compose(permissionsMixin, { address: email({ unique: true }) })) {
  static override readonly usernameField = 'address'
  static objects = new UserManager(Member)
}

/** Without a username, and with an address that is its own. */
class Guest extends AbstractUser({ username: null, email: email({ unique: true, verboseName: 'email address' }) }) {
  static objects = new UserManager(Guest)
}

registerModels('custom', { Account, Guest, Member })

describe("a project's own users", () => {
  test('have the fields and methods of users, and their own', () => {
    const account = new Account({ username: 'ann', phone: '123', firstName: 'Ann' })
    expect([account.getUsername(), account.phone, account.getFullName(), String(account)]).toEqual([
      'ann',
      '123',
      'Ann',
      'ann',
    ])
    expect(Account.meta.fields.map(({ name }) => name)).toContain('phone')
    expect(Account.meta.manyToMany.map(({ name }) => name)).toEqual(['groups', 'userPermissions'])
    expect([Account.usernameField, Account.requiredFields]).toEqual(['username', ['email']])
  })

  test('may log in with something else', () => {
    const member = new Member({ address: 'ann@example.com' })
    expect([member.getUsername(), member.isAuthenticated]).toEqual(['ann@example.com', true])
    expect(Member.meta.names).toEqual([
      'address',
      'groups',
      'id',
      'isSuperuser',
      'lastLogin',
      'password',
      'userPermissions',
    ])
  })

  test('may do without a username, and then log in with their addresses', async () => {
    const guest = new Guest({ email: 'Ann@EXAMPLE.com' })
    expect([guest.getUsername(), Guest.usernameField, Guest.requiredFields]).toEqual(['Ann@EXAMPLE.com', 'email', []])
    expect(Guest.meta.field('username')).toBeUndefined()
    expect(Guest.meta.field('email')?.unique).toBe(true)
    expect(Guest.normalizeUsername('Ann@EXAMPLE.com')).toBe('ann@example.com')
    guest.clean()
    expect(guest.email).toBe('ann@example.com')
    expectTypeOf(guest.email).toEqualTypeOf<string>()
    // @ts-expect-error there is no username
    expect(guest.username).toBeUndefined()
    await expect(Guest.objects.createUser({} as never)).rejects.toThrow('A user needs an email; got undefined.')
    // @ts-expect-error nor one to be given
    expect(() => new Guest({ username: 'ann' })).toThrow("has no field 'username'")
  })

  test('are active unless they have a field that says otherwise', () => {
    const member = new Member({ address: 'ann@example.com' })
    expect([member.isActive, new Account({ username: 'ann', isActive: false }).isActive]).toEqual([true, false])
    expect(Object.keys(member)).not.toContain('isActive')
  })

  test('have forms of their own, with the fields that they name', () => {
    class SignUpForm extends BaseUserCreationForm(Account, { fields: ['username', 'phone'] }) {}
    const form = new SignUpForm()
    expect(Object.keys(form.fields)).toEqual(['username', 'phone', 'password1', 'password2'])
    expect(form.fields.username.widgetAttributes(form.fields.username.widget)).toMatchObject({
      autocomplete: 'username',
    })
    expectTypeOf(form.instance).toEqualTypeOf<Account>()
    // @ts-expect-error there is no such field
    expect(() => new (BaseUserCreationForm(Account, { fields: ['nickname'] }))()).toThrow('nickname')
  })

  test('have types', () => {
    const account = new Account()
    expectTypeOf(account.phone).toEqualTypeOf<string>()
    expectTypeOf(account.username).toEqualTypeOf<string>()
    expectTypeOf(account.lastLogin).toEqualTypeOf<Temporal.Instant | null>()
    expectTypeOf(account.isAuthenticated).toEqualTypeOf<true>()
    expectTypeOf(Account.objects.createUser).parameter(0).toHaveProperty('phone')
    // @ts-expect-error there is no such field
    expect(() => new Account({ nickname: 'x' })).toThrow()
  })
})
