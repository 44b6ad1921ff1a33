import { contenttypes } from '@nuages/contenttypes'
import { defineApp, defineSettings, resetSetup, runChecks, setup } from '@nuages/core'
import { char, compose, email, Model, manager } from '@nuages/orm'
import { sessions } from '@nuages/sessions'
import { afterEach, describe, expect, test } from 'vitest'
import { AbstractBaseUser, AbstractUser, auth, ModelBackend, permissionsMixin, UserManager } from '../../src/index.ts'

afterEach(resetSetup)

/** What is found about a class of users in a project that has it. */
async function check(User: object, more: object = {}): Promise<readonly string[]> {
  const accounts = defineApp({ name: 'accounts', dir: import.meta.dirname, models: async () => ({ User }) })
  const settings = {
    baseDir: import.meta.dirname,
    debug: true,
    authUserModel: 'accounts.User',
    installedApps: [contenttypes, sessions, auth, accounts],
    databases: { default: 'sqlite:never-opened.sqlite3' },
  }
  await setup(defineSettings({ ...settings, ...more } as never))
  return (await runChecks({ tags: ['auth', 'models'] })).map(({ id, message }) => `${id} ${message}`)
}

describe("a project's own class of users", () => {
  test('has nothing to be told where it logs in by address, and where it is put together', async () => {
    class User extends AbstractUser({ username: null, email: email({ unique: true }) }) {
      static objects = new UserManager(User)
    }
    expect(await check(User)).toEqual([])
    await resetSetup()
    const { Own } = {
      Own: class User extends AbstractBaseUser(
        compose(permissionsMixin, { badge: char({ maxLength: 9, unique: true }) }),
      ) {
        static override readonly usernameField = 'badge'
        static objects = new UserManager(User)
      },
    }
    expect(await check(Own)).toEqual([])
  })

  test('has an array of required fields, without the one that users log in with', async () => {
    class User extends AbstractUser({}) {
      static override readonly requiredFields = 'email' as unknown as readonly string[]
      static objects = new UserManager(User)
    }
    expect(await check(User)).toEqual(['auth.E001 accounts.User.requiredFields is email, not an array of names.'])
    await resetSetup()
    const { Own } = {
      Own: class User extends AbstractUser({}) {
        static override readonly requiredFields = ['username']
        static objects = new UserManager(User)
      },
    }
    expect(await check(Own)).toEqual([
      "auth.E002 accounts.User.requiredFields names 'username', which createsuperuser asks for anyway.",
    ])
  })

  test('tells its users apart by a unique field, unless a backend of the project does', async () => {
    class User extends AbstractUser({ username: null }) {
      static objects = new UserManager(User)
    }
    const text = "accounts.User.usernameField is 'email', which is not unique: a log-in could mean several users."
    expect(await check(User)).toEqual([`auth.E003 ${text}`])
    await resetSetup()
    class TenantBackend extends ModelBackend {
      override readonly name = 'tenants'
    }
    expect(await check(User, { auth: { backends: [new TenantBackend()] } })).toEqual([`auth.W004 ${text}`])
  })

  test('names fields that it has', async () => {
    class User extends AbstractUser({ username: null, email: email({ unique: true }) }) {
      static override readonly requiredFields = ['company']
      static objects = new UserManager(User)
    }
    expect(await check(User)).toEqual([
      "auth.E104 accounts.User.requiredFields names 'company', which is none of its fields.",
    ])
  })

  test('is a class of users with a manager of users', async () => {
    class User extends Model({}) {
      static objects = manager(User)
    }
    expect(await check(User)).toEqual(['auth.E105 authUserModel names accounts.User, which is no class of users.'])
    await resetSetup()
    const { Own } = {
      Own: class User extends AbstractUser({}) {
        static objects = manager(User)
      },
    }
    expect(await check(Own)).toEqual([
      'auth.E106 accounts.User.objects is no manager of users: nobody can log in by it, nor be made by createsuperuser.',
    ])
  })
})
