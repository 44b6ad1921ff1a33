import { LogEntry } from '@nuages/admin'
import { Group, Permission, User } from '@nuages/auth'
import { describe, expect } from 'vitest'
import { formFields } from './form-fields.ts'
import { formPage, labels, messagesIn } from './pages.ts'
import { staff, superuser, test, visitor } from './site.ts'

describe('users', () => {
  test('are added with a username and a password, then described', async () => {
    const client = await superuser()
    const url = '/admin/auth/user/add/'
    const page = formPage(await client.get(url))
    expect(page.fieldsets.flatMap(({ lines }) => lines.flatMap(({ cells }) => cells.map(({ name }) => name)))).toEqual([
      'username',
      'password1',
      'password2',
    ])
    const form = { username: 'ada', password1: 'battery staple', password2: 'battery stable' }
    const wrong = await client.post(url, { form })
    expect(wrong.status).toBe(200)
    expect(wrong.text()).not.toContain('battery')
    const done = await client.post(url, { form: { ...form, password2: 'battery staple', _continue: '1' } })
    expect(done.status).toBe(303)
    const ada = await User.objects.get({ username: 'ada' })
    expect(await ada.checkPassword('battery staple')).toBe(true)
    expect(done.headers.get('Location')).toBe(`/admin/auth/user/${ada.pk}/change/`)
    expect((await LogEntry.objects.get()).changeMessage).not.toContain('battery')
  })

  test('are changed: names, flags, groups and permissions, and nothing of the password', async () => {
    const client = await superuser()
    const ada = await User.objects.create({ username: 'ada', password: 'secret$hash' })
    const group = await Group.objects.create({ name: 'Editors' })
    const permission = await Permission.objects.get({ codename: 'add_post' })
    const url = `/admin/auth/user/${ada.pk}/change/`
    const opened = await client.get(url)
    expect(opened.text()).not.toContain('secret$hash')
    const cells = formPage(opened).fieldsets.flatMap(({ lines }) => lines.flatMap((line) => line.cells))
    expect(cells.filter(({ kind }) => kind === 'readonly').map(({ name }) => name)).toEqual([
      'password',
      'lastLogin',
      'dateJoined',
    ])
    const form = {
      ...formFields(opened),
      firstName: 'Ada',
      isStaff: 'on',
      groups: String(group.pk),
      userPermissions: String(permission.pk),
      password: 'x',
    }
    expect((await client.post(url, { form })).status).toBe(303)
    await ada.refreshFromDb()
    expect([ada.firstName, ada.isStaff, ada.password, await ada.groups.count()]).toEqual([
      'Ada',
      true,
      'secret$hash',
      1,
    ])
    expect((await LogEntry.objects.get()).describe()).toBe(
      'Changed First name, Staff status, Groups and User permissions.',
    )
  })

  test('get another password on a page of its own', async () => {
    const client = await superuser()
    const ada = await User.objects.create({ username: 'ada', password: '!' })
    const url = `/admin/auth/user/${ada.pk}/password/`
    expect(formPage(await client.get(`/admin/auth/user/${ada.pk}/change/`)).tools[0]).toEqual({
      label: 'Change password',
      url,
    })
    expect((await client.get(url)).status).toBe(200)
    expect((await client.post(url, { form: { password1: 'a', password2: 'b' } })).status).toBe(200)
    const done = await client.post(url, { form: { password1: 'battery staple', password2: 'battery staple' } })
    expect([done.status, done.headers.get('Location')]).toEqual([303, `/admin/auth/user/${ada.pk}/change/`])
    expect(messagesIn(await client.get('/admin/'))).toEqual(['The password of “ada” was changed.'])
    await ada.refreshFromDb()
    expect(await ada.checkPassword('battery staple')).toBe(true)
    const entry = await LogEntry.objects.get()
    expect([entry.describe(), entry.changeMessage.includes('battery')]).toEqual(['Changed Password.', false])
  })

  test('a superuser who sets their own password stays signed in', async () => {
    const client = await superuser()
    const { pk } = await User.objects.get({ username: 'root' })
    await client.post(`/admin/auth/user/${pk}/password/`, {
      form: { password1: 'battery staple', password2: 'battery staple' },
    })
    expect((await client.get('/admin/')).status).toBe(200)
  })

  test('who is no superuser makes none, and touches none', async () => {
    await superuser()
    const root = await User.objects.get({ username: 'root' })
    const client = await staff('auth.view_user', 'auth.change_user', 'auth.add_user', 'auth.delete_user')
    const self = await User.objects.get({ username: 'staff' })
    const url = `/admin/auth/user/${self.pk}/change/`
    const form = { ...formFields(await client.get(url)), isSuperuser: 'on', firstName: 'Me' }
    expect((await client.post(url, { form })).status).toBe(303)
    await self.refreshFromDb()
    expect([self.firstName, self.isSuperuser]).toEqual(['Me', false])
    expect((await client.post(`/admin/auth/user/${root.pk}/change/`, { form })).status).toBe(403)
    expect((await client.get(`/admin/auth/user/${root.pk}/password/`)).status).toBe(403)
    expect((await client.post(`/admin/auth/user/${root.pk}/delete/`, { form: { post: 'yes' } })).status).toBe(403)
    const all = { action: 'delete_selected', _selected_action: [String(root.pk)], post: 'yes' }
    expect((await client.post('/admin/auth/user/', { form: all })).status).toBe(403)
    expect(await User.objects.filter({ username: 'root' }).count()).toBe(1)
  })

  test('a superuser does not go along among many', async () => {
    const client = await staff('auth.view_user', 'auth.delete_user')
    const ids: string[] = []
    for (let number = 0; number < 120; number++) {
      const { pk } = await User.objects.create({ username: `user${number}`, password: '!' })
      ids.push(String(pk))
    }
    await superuser('zoe')
    const { pk } = await User.objects.get({ username: 'zoe' })
    const form = { action: 'delete_selected', post: 'yes' }
    const send = (more: object) => client.post('/admin/auth/user/', { form: { ...form, ...more } as never })
    expect((await send({ _selected_action: [...ids, String(pk)] })).status).toBe(403)
    expect((await send({ select_across: '1' })).status).toBe(403)
    expect(await User.objects.count()).toBe(122)
    expect((await send({ _selected_action: ids })).status).toBe(303)
    expect(await User.objects.count()).toBe(2)
  })

  test('to add one, one must be allowed to change them too', async () => {
    expect((await (await staff('auth.add_user')).get('/admin/auth/user/add/')).status).toBe(403)
  })

  test('are searched for and filtered, and never by their password', async () => {
    const client = await superuser()
    await User.objects.create({ username: 'ada', password: '!', email: 'ada@example.com' })
    expect(labels(await client.get('/admin/auth/user/?q=example'))).toEqual(['ada'])
    expect(labels(await client.get('/admin/auth/user/?isSuperuser__exact=1'))).toEqual(['root'])
    expect((await client.get('/admin/auth/user/?password__startswith=!')).status).toBe(303)
    expect((await visitor().get('/admin/auth/user/')).status).toBe(302)
  })
})

describe('groups', () => {
  test('have permissions', async () => {
    const client = await superuser()
    const permission = await Permission.objects.get({ codename: 'add_post' })
    const form = { name: 'Editors', permissions: String(permission.pk) }
    expect((await client.post('/admin/auth/group/add/', { form })).status).toBe(303)
    const group = await Group.objects.get({ name: 'Editors' })
    expect(await group.permissions.count()).toBe(1)
  })
})
