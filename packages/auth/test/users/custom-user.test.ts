import { char, compose, email, registerModels } from '@nuages/orm'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { AbstractBaseUser, AbstractUser, permissionsMixin, UserManager } from '../../src/index.ts'
import '../project/set-up.ts'

class Account extends AbstractUser({ phone: char({ maxLength: 20, default: '' }) }) {
  static objects = new UserManager(Account)
}

class Member extends AbstractBaseUser(compose(permissionsMixin, { address: email({ unique: true }) })) {
  static override readonly usernameField = 'address'
  static objects = new UserManager(Member)
}

registerModels('custom', { Account, Member })

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
