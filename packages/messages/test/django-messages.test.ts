import type { Client } from '@nuages/testing'
import { database } from 'nuages/orm'
import { afterAll, describe, expect, test } from 'vitest'
import { cookieHeader, DjangoSite, withoutDjango } from '../../sessions/test/django/real-django.ts'
import { closeProject, visitor } from './project/project.ts'

const said = [
  { text: 'Zoë <b> 🌦', level: 'success' },
  { text: 'two', level: 'warning', extraTags: 'big bold' },
  { text: 'three', level: 35 },
] as const
const levels = { success: 25, warning: 30 }
const expected = said.map((one) => [
  typeof one.level === 'number' ? one.level : levels[one.level],
  one.text,
  'extraTags' in one ? one.extraTags : '',
])

/** More than a cookie holds, compressed as it is. */
const many = Array.from({ length: 40 }, (_, index) => ({
  text: `${index} ${Array.from({ length: 200 }, () => Math.random().toString(36)[2]).join('')}`,
}))

describe.skipIf(withoutDjango)('messages and real Django', { timeout: 60_000 }, () => {
  const sites: DjangoSite[] = []
  afterAll(async () => {
    for (const site of sites) site.close()
    await closeProject()
  })

  async function both(): Promise<{ client: Client; site: DjangoSite }> {
    const client = await visitor()
    const { path } = database() as unknown as { path: string }
    const site = new DjangoSite({ secretKey: 'only-for-tests-0123456789-abcdefgh', database: path, engine: 'db' })
    sites.push(site)
    return { client, site }
  }

  test('what is said here is shown there, from the cookie and from the session', async () => {
    const { client, site } = await both()
    const sent = await client.post('/say/', { json: said })
    const shown = await site.ask('/shown/', cookieHeader(sent.headers.getAll('Set-Cookie')))
    expect(shown.json['messages']).toEqual(expected)
    const long = await (await both()).client.post('/say/', { json: many })
    const all = await sites.at(-1)!.ask('/shown/', cookieHeader(long.headers.getAll('Set-Cookie')))
    expect((all.json['messages'] as [number, string][]).map(([, text]) => text)).toEqual(many.map(({ text }) => text))
  })

  test('what is said there is shown here', async () => {
    const { client, site } = await both()
    const sent = await site.ask('/say/', '', expected)
    const headers = { Cookie: cookieHeader(sent.cookies) }
    const list = (await client.get('/list/', { headers })).json() as [number, string, string][]
    expect(list).toEqual(said.map((one, index) => [expected[index]![0], expect.any(String), one.text]))
    const long = await site.ask(
      '/say/',
      '',
      many.map(({ text }) => [25, text, '']),
    )
    const all = (await client.get('/list/', { headers: { Cookie: cookieHeader(long.cookies) } })).json()
    expect((all as [number, string, string][]).map(([, , text]) => text)).toEqual(many.map(({ text }) => text))
  })
})
