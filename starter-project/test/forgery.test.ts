import type { Application } from 'nuages/gateway'
import { type Client, Client as VisitingClient } from 'nuages/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { Comment, Post } from '../blog/models.ts'
import { openSite, signedIn } from './site.ts'

let application: Application
beforeAll(async () => {
  application = await openSite()
})

/** A visitor who is asked for a token, as outside of tests. */
const visitor = (): Client => new VisitingClient(application, { enforceCsrfChecks: true })
const comment = { name: 'Mallory', body: 'In your name' }
const path = '/posts/the-green-flash/comment/'

async function tokenOn(client: Client, page: string): Promise<string> {
  return /name="csrfmiddlewaretoken" value="([^"]+)"/.exec((await client.get(page)).text())![1]!
}

describe('a form is refused, and the page says what to do:', () => {
  test.each([
    ['without a token', async () => ({})],
    ['with a wrong one', async () => ({ csrfmiddlewaretoken: 'x'.repeat(64) })],
    [
      'with that of another visitor',
      async () => ({ csrfmiddlewaretoken: await tokenOn(visitor(), '/accounts/login/') }),
    ],
  ])('%s', async (_what, extra) => {
    const client = visitor()
    await tokenOn(client, '/accounts/login/')
    const response = await client.post(path, { form: { ...comment, ...(await extra()) } })
    expect(response.status).toBe(403)
    expect(response.text()).toContain('Go back, reload the page, and send it again.')
    expect(await Comment.objects.filter({ name: 'Mallory' }).count()).toBe(0)
  })

  test('from another site', async () => {
    const client = visitor()
    const csrfmiddlewaretoken = await tokenOn(client, '/accounts/login/')
    const headers = { Origin: 'https://elsewhere.example' }
    expect((await client.post(path, { form: { ...comment, csrfmiddlewaretoken }, headers })).status).toBe(403)
  })

  test('an author’s, too', async () => {
    const maud = await signedIn(application, 'maud-lenoir', { enforceCsrfChecks: true })
    expect((await maud.post('/posts/the-green-flash/delete/')).status).toBe(403)
    expect(await Post.objects.filter({ slug: 'the-green-flash' }).count()).toBe(1)
    const csrfmiddlewaretoken = await tokenOn(maud, '/posts/the-green-flash/delete/')
    expect((await maud.post('/posts/the-green-flash/delete/', { form: { csrfmiddlewaretoken } })).status).toBe(303)
  })
})

test('with the token of the page it is taken', async () => {
  const client = visitor()
  const csrfmiddlewaretoken = await tokenOn(client, '/posts/counting-oktas/')
  const form = { ...comment, csrfmiddlewaretoken }
  expect((await client.post('/posts/counting-oktas/comment/', { form })).status).toBe(303)
})
