import type { Client } from '@nuages/testing'
import { expect } from 'vitest'

/** The status of a page. */
export async function statusOf(client: Client, path: string): Promise<number> {
  return (await client.get(path, { raiseRequestException: false })).status
}

/** What the page's template was given, for one that is found. */
export async function contextOf(client: Client, path: string): Promise<Readonly<Record<string, unknown>>> {
  const response = await client.get(path)
  expect(response.status).toBe(200)
  return response.context ?? {}
}

/** The titles of the rows that the page lists. */
export async function titlesOf(client: Client, path: string): Promise<string> {
  const { objectList } = (await contextOf(client, path)) as { objectList: readonly { title: string }[] }
  return objectList.map(({ title }) => title).join(' ')
}
