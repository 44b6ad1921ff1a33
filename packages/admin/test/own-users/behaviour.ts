import { Group, getUserModel, Permission, User, userModel } from '@nuages/auth'
import { ContentType } from '@nuages/contenttypes'
import { createApplication, runChecks, type Settings } from '@nuages/core'
import { database } from '@nuages/orm'
import { Client, TestDatabase } from '@nuages/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { changepassword, createsuperuser } from '../../../auth/src/commands.ts'
import { LogEntry } from '../../src/index.ts'
import { formFields } from '../form-fields.ts'
import { formPage, labels, messagesIn } from '../pages.ts'
import { Member } from './accounts/models.ts'
import { Note } from './notes/models.ts'

const password = 'battery staple'

/** What a project with users of its own can do, on whichever database. */
export function ownUsersOn(settings: () => Settings, absent?: string): void {
  let fresh: TestDatabase
  let application: Awaited<ReturnType<typeof createApplication>>
  beforeAll(async () => {
    if (absent !== undefined) return
    fresh = await TestDatabase.create(settings())
    application = await createApplication(settings())
  })
  beforeEach(async (context) => {
    if (absent !== undefined) context.skip(absent)
    await fresh.reset()
  })
  afterAll(() => fresh?.close())

  async function run(options: Record<string, unknown>): Promise<string> {
    const written: string[] = []
    const stdout = { write: (text: string) => written.push(text) }
    await createsuperuser.run({
      args: {},
      options: { noInput: true, ...options },
      stdout,
      stderr: stdout,
      settings: settings(),
    })
    return written.join('')
  }

  /** A client of somebody who signed in on the page of the admin. */
  async function signedIn(email: string): Promise<Client> {
    const client = new Client(application)
    const answer = await client.post('/admin/login/', { form: { username: email, password } })
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/admin/'])
    return client
  }

  async function superuser(): Promise<Client> {
    await Member.objects.createSuperuser({ email: 'root@example.com', password })
    return signedIn('root@example.com')
  }

  describe('the tables', () => {
    test("are those of the project's users, and none of auth's", async () => {
      const tables = await database().tableNames()
      expect(tables.filter((name) => /user|member/.test(name)).sort()).toEqual([
        'accounts_member',
        'accounts_member_groups',
        'accounts_member_user_permissions',
      ])
    })

    test('refer to them, through the admin and through apps that do not know them', async () => {
      const ann = await Member.objects.createUser({ email: 'ann@example.com' })
      const note = await Note.objects.create({ title: 'One', authorId: ann.id })
      await note.readers.add(ann as never)
      expect(await Note.objects.filter({ author__email: 'ann@example.com' }).count()).toBe(1)
      expect(await ann.notes.count()).toBe(1)
      await expect(
        LogEntry.objects.create({ userId: 4711, objectRepr: 'x', actionFlag: 1 }).then(() => database().all),
      ).rejects.toThrow()
      await ann.delete()
      expect([await Note.objects.count(), await Member.objects.count()]).toEqual([0, 0])
    })

    test('have content types and permissions of them alone', async () => {
      expect(
        await ContentType.objects.filter({ model__in: ['user', 'member'] }).valuesList('appLabel', 'model'),
      ).toEqual([['accounts', 'member']])
      const codenames = Permission.objects.filter({ codename__endswith: 'member' }).orderBy('codename')
      expect(await codenames.valuesList('codename', { flat: true })).toEqual([
        'add_member',
        'change_member',
        'delete_member',
        'view_member',
      ])
    })
  })

  test('the class is known by the setting, and the one it replaces has no rows', async () => {
    expect(getUserModel()).toBe(Member)
    expect(userModel.objects).toBe(Member.objects)
    expect(() => User.objects.all()).toThrow(
      "Manager isn't available; 'auth.User' has been swapped for 'accounts.Member'",
    )
  })

  test('the checks have nothing to say', async () => {
    expect(await runChecks()).toEqual([])
  })

  describe('createsuperuser', () => {
    test('takes an address', async () => {
      process.env.SUPERUSER_PASSWORD = password
      try {
        expect(await run({ email: 'Ann@EXAMPLE.com' })).toBe('Superuser ann@example.com is there.\n')
        await expect(run({ email: 'Ann@example.COM' })).rejects.toThrow("'Ann@example.COM' is no email")
        await expect(run({ email: 'nobody' })).rejects.toThrow("'nobody' is no email")
        await expect(run({})).rejects.toThrow('createsuperuser needs an email.')
      } finally {
        delete process.env.SUPERUSER_PASSWORD
      }
      expect(await Member.objects.get()).toMatchObject({ email: 'ann@example.com', isStaff: true, isSuperuser: true })
      await signedIn('Ann@example.com')
    })
  })

  test('changepassword finds them by it', async () => {
    await Member.objects.createUser({ email: 'ann@example.com' })
    const stdin = Object.getOwnPropertyDescriptor(process, 'stdin')!
    Object.defineProperty(process, 'stdin', {
      value: (async function* () {
        yield 'another one\n'
      })(),
      configurable: true,
    })
    const stdout = { write: () => {} }
    try {
      await changepassword.run({
        args: { username: 'ann@EXAMPLE.com' },
        options: {},
        stdout,
        stderr: stdout,
        settings: settings(),
      })
    } finally {
      Object.defineProperty(process, 'stdin', stdin)
    }
    expect(await (await Member.objects.get()).checkPassword('another one')).toBe(true)
  })

  test('one logs in with the address, on the pages of auth and of the admin, and nobody else does', async () => {
    await Member.objects.createUser({ email: 'ann@example.com', password, isStaff: true })
    const client = new Client(application)
    expect((await client.get('/accounts/login/')).text()).toContain('Email address')
    const wrong = await client.post('/admin/login/', { form: { username: 'bob@example.com', password } })
    expect(wrong.text()).toContain('This is not the email address and password of a member of the staff.')
    const form = { username: 'ann@EXAMPLE.com', password }
    expect((await client.post('/accounts/login/', { form })).status).toBe(303)
    expect((await client.get('/admin/')).status).toBe(200)
    await signedIn('ann@example.com')
    expect(await new Client(application).login({ email: 'ann@example.com', password })).toBe(true)
    expect(await new Client(application).login({ username: 'ann@example.com', password: 'x' })).toBe(false)
  })

  test('they change their passwords, and stay signed in where they did', async () => {
    const client = await superuser()
    const other = await signedIn('root@example.com')
    const form = { oldPassword: password, newPassword1: 'correct horse', newPassword2: 'correct horse' }
    expect((await client.post('/admin/password-change/', { form })).status).toBe(303)
    expect((await client.get('/admin/')).status).toBe(200)
    expect((await other.get('/admin/')).status).toBe(302)
    expect(await (await Member.objects.get()).checkPassword('correct horse')).toBe(true)
  })

  describe('the admin', () => {
    test('lists, searches and filters them', async () => {
      const client = await superuser()
      await Member.objects.createUser({ email: 'ann@example.com', firstName: 'Ann' })
      const list = '/admin/accounts/member/'
      expect(labels(await client.get(list))).toEqual(['ann@example.com', 'root@example.com'])
      expect(labels(await client.get(`${list}?q=ann`))).toEqual(['ann@example.com'])
      expect(labels(await client.get(`${list}?isSuperuser__exact=1`))).toEqual(['root@example.com'])
      expect((await client.get('/admin/auth/user/')).status).toBe(404)
      expect((await client.get('/admin/')).text()).not.toContain('/admin/auth/user/')
    })

    test('adds them with an address and a password', async () => {
      const client = await superuser()
      const url = '/admin/accounts/member/add/'
      const page = formPage(await client.get(url))
      const names = page.fieldsets.flatMap(({ lines }) => lines.flatMap(({ cells }) => cells.map(({ name }) => name)))
      expect(names).toEqual(['email', 'password1', 'password2'])
      const form = { email: 'ada@EXAMPLE.com', password1: password, password2: password, _continue: '1' }
      const done = await client.post(url, { form })
      const ada = await Member.objects.get({ email: 'ada@example.com' })
      expect(done.headers.get('Location')).toBe(`/admin/accounts/member/${ada.pk}/change/`)
      expect(await ada.checkPassword(password)).toBe(true)
      const again = await client.post(url, { form: { ...form, email: 'ADA@example.com' } })
      expect(again.text()).toContain('There is already a user with this email address.')
      const entry = await LogEntry.objects.get()
      expect([entry.objectRepr, entry.action]).toEqual(['ada@example.com', 'addition'])
    })

    test('changes them in all that they have', async () => {
      const client = await superuser()
      const ada = await Member.objects.createUser({ email: 'ada@example.com', password })
      const group = await Group.objects.create({ name: 'Editors' })
      const url = `/admin/accounts/member/${ada.pk}/change/`
      const opened = await client.get(url)
      const cells = formPage(opened).fieldsets.flatMap(({ lines }) => lines.flatMap((line) => line.cells))
      expect(cells.map(({ name }) => name)).toEqual([
        'email',
        'password',
        'firstName',
        'lastName',
        'phone',
        'isActive',
        'isStaff',
        'isSuperuser',
        'groups',
        'userPermissions',
        'lastLogin',
        'dateJoined',
      ])
      const form = { ...formFields(opened), phone: '123', groups: String(group.pk) }
      expect((await client.post(url, { form })).status).toBe(303)
      await ada.refreshFromDb()
      expect([ada.phone, await ada.groups.count(), await ada.checkPassword(password)]).toEqual(['123', 1, true])
      const history = await client.get(`/admin/accounts/member/${ada.pk}/history/`)
      expect(history.text()).toContain('root@example.com')
    })

    test('sets their passwords', async () => {
      const client = await superuser()
      const ada = await Member.objects.createUser({ email: 'ada@example.com' })
      const url = `/admin/accounts/member/${ada.pk}/password/`
      const form = { password1: 'correct horse', password2: 'correct horse' }
      expect((await client.post(url, { form })).status).toBe(303)
      expect(messagesIn(await client.get('/admin/'))).toEqual(['The password of “ada@example.com” was changed.'])
      await ada.refreshFromDb()
      expect(await ada.checkPassword('correct horse')).toBe(true)
    })

    test('deletes them, with what goes along', async () => {
      const client = await superuser()
      const ada = await Member.objects.createUser({ email: 'ada@example.com' })
      await Note.objects.create({ title: 'Of Ada', authorId: ada.id })
      const url = `/admin/accounts/member/${ada.pk}/delete/`
      expect((await client.get(url)).text()).toContain('Of Ada')
      expect((await client.post(url, { form: { post: 'yes' } })).status).toBe(303)
      expect([await Member.objects.count(), await Note.objects.count()]).toEqual([1, 0])
    })

    test('lets in and out by permissions and groups', async () => {
      const ann = await Member.objects.createUser({ email: 'ann@example.com', password, isStaff: true })
      const client = await signedIn('ann@example.com')
      expect((await client.get('/admin/notes/note/')).status).toBe(403)
      const editors = await Group.objects.create({ name: 'Editors' })
      await editors.permissions.add(await Permission.objects.getByNaturalKey('view_note', 'notes', 'note'))
      await ann.groups.add(editors)
      expect((await client.get('/admin/notes/note/')).status).toBe(200)
      expect((await client.get('/admin/accounts/member/')).status).toBe(403)
      await ann.userPermissions.add(await Permission.objects.getByNaturalKey('view_member', 'accounts', 'member'))
      expect((await client.get('/admin/accounts/member/')).status).toBe(200)
    })

    test('shows the rows of apps that do not know them', async () => {
      const client = await superuser()
      const root = await Member.objects.get()
      const form = { title: 'Two', author: String(root.pk) }
      expect((await client.post('/admin/notes/note/add/', { form })).status).toBe(303)
      expect((await client.get('/admin/notes/note/?q=root')).text()).toContain('root@example.com')
    })
  })
}
