import { User } from '@nuages/auth'
import { describe, expect } from 'vitest'
import type { LoginPage } from '../src/pages/login-page.ts'
import { messagesIn } from './pages.ts'
import { member, superuser, test, visitor } from './site.ts'

async function makeUser(username: string, flags: object): Promise<User> {
  const user = new User({ username, ...flags })
  await user.setPassword('correct horse')
  await user.save()
  return user
}

describe('signing in', () => {
  test('leads back to where one wanted, and nowhere else', async () => {
    await makeUser('ada', { isStaff: true, isSuperuser: true })
    const client = visitor()
    const asked = await client.get('/admin/blog/post/?q=x&o=1')
    expect([asked.status, asked.headers.get('Location')]).toEqual([
      302,
      '/admin/login/?next=%2Fadmin%2Fblog%2Fpost%2F%3Fq%3Dx%26o%3D1',
    ])
    const page = (await client.get(asked.headers.get('Location')!)).context as unknown as LoginPage
    expect(page).toMatchObject({ page: 'login', signedIn: null, nav: [], errors: null, deniedUser: null })
    expect(page.hidden).toEqual([{ name: 'next', value: '/admin/blog/post/?q=x&o=1' }])
    const form = { username: 'ada', password: 'correct horse', next: '/admin/blog/post/?q=x&o=1' }
    const done = await client.post('/admin/login/', { form })
    expect([done.status, done.headers.get('Location')]).toEqual([303, '/admin/blog/post/?q=x&o=1'])
    expect((await client.get('/admin/')).status).toBe(200)
    expect((await client.get('/admin/login/')).headers.get('Location')).toBe('/admin/')
    expect((await User.objects.get({ username: 'ada' })).lastLogin).not.toBeNull()
  })

  test.for(['//evil.example/', 'https://evil.example/', 'javascript:alert(1)', '/\\evil.example', ''])(
    'next=%s leads to the front page',
    async (next) => {
      await makeUser('ada', { isStaff: true })
      const form = { username: 'ada', password: 'correct horse', next }
      expect((await visitor().post('/admin/login/', { form })).headers.get('Location')).toBe('/admin/')
    },
  )

  test('fails for a wrong password, who is no staff, and who is not active', async () => {
    await makeUser('ada', { isStaff: true })
    await makeUser('bob', {})
    await makeUser('cy', { isStaff: true, isActive: false })
    for (const form of [
      { username: 'ada', password: 'wrong' },
      { username: 'nobody', password: 'correct horse' },
      { username: 'bob', password: 'correct horse' },
      { username: 'cy', password: 'correct horse' },
      {},
    ]) {
      const client = visitor()
      const response = await client.post('/admin/login/', { form: form as Record<string, string> })
      expect(response.status).toBe(200)
      expect(response.text()).not.toContain('correct horse')
      expect((await client.get('/admin/')).status).toBe(302)
    }
  })

  test('who is signed in and no staff is told so', async () => {
    const client = await member()
    const asked = await client.get('/admin/', { follow: true })
    expect(asked.url.pathname).toBe('/admin/login/')
    expect((asked.context as unknown as LoginPage).deniedUser).toBe('member')
  })

  test('signing out takes POST alone', async () => {
    const client = await superuser()
    expect((await client.get('/admin/logout/')).status).toBe(405)
    expect((await client.get('/admin/')).status).toBe(200)
    const response = await client.post('/admin/logout/')
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/admin/login/'])
    expect(messagesIn(await client.get('/admin/login/'))).toEqual(['You are signed out.'])
    expect((await client.get('/admin/')).status).toBe(302)
  })
})

describe("one's own password", () => {
  test('is changed, and the session stays', async () => {
    const user = await makeUser('ada', { isStaff: true })
    const client = visitor()
    await client.forceLogin(user as never)
    const other = visitor()
    await other.forceLogin(user as never)
    const url = '/admin/password-change/'
    const wrong = { oldPassword: 'no', newPassword1: 'battery staple', newPassword2: 'battery staple' }
    expect((await client.post(url, { form: wrong })).status).toBe(200)
    const response = await client.post(url, { form: { ...wrong, oldPassword: 'correct horse' } })
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/admin/password-change/done/'])
    expect((await client.get('/admin/password-change/done/')).context['done']).toBe(true)
    expect((await other.get('/admin/')).status).toBe(302)
    await user.refreshFromDb()
    expect(await user.checkPassword('battery staple')).toBe(true)
  })

  test('is not guessed for long by who has taken over the session', async () => {
    const client = visitor()
    await client.forceLogin((await makeUser('ada', { isStaff: true })) as never)
    const send = async (oldPassword: string) => {
      const form = { oldPassword, newPassword1: 'battery staple', newPassword2: 'battery staple' }
      return (await client.post('/admin/password-change/', { form })).status
    }
    const answers: number[] = []
    for (let index = 0; index < 11; index++) answers.push(await send(`guess ${index}`))
    expect([answers[0], answers[10]]).toEqual([200, 429])
    expect(await send('correct horse')).toBe(429)
  })
})

describe('the theme', () => {
  test('is kept in a cookie', async () => {
    const client = visitor()
    expect((await client.get('/admin/theme/')).status).toBe(405)
    const response = await client.post('/admin/theme/', { form: { theme: 'dark', next: '/admin/login/?next=/admin/' } })
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/admin/login/?next=/admin/'])
    expect((await client.get('/admin/login/')).context['theme']).toBe('dark')
    const hostile = await client.post('/admin/theme/', { form: { theme: '"><script>', next: '//evil.example' } })
    expect(hostile.headers.get('Location')).toBe('/admin/')
    expect((await client.get('/admin/login/')).context['theme']).toBe('auto')
  })
})
