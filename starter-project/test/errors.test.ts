import { Client } from 'nuages/testing'
import { beforeAll, expect, test } from 'vitest'
import { Post } from '../blog/models.ts'
import { openSite } from './site.ts'

let client: Client
beforeAll(async () => {
  client = new Client(await openSite({ debug: false, allowedHosts: ['localhost'] }))
})

test('a page that is not there has the face of the site', async () => {
  const response = await client.get('/nowhere/')
  expect(response.status).toBe(404)
  expect(response.text()).toContain('<h1>Nothing but blue</h1>')
  expect(response.text()).toContain('<nav class="menu" aria-label="Main">')
})

test('what breaks says so without telling what', async () => {
  const { objects } = Post
  Object.defineProperty(Post, 'objects', {
    configurable: true,
    get: () => {
      throw new Error('the shelf fell down')
    },
  })
  try {
    const response = await client.get('/', { raiseRequestException: false })
    expect(response.status).toBe(500)
    expect(response.text()).toContain('<h1>A sudden shower</h1>')
    expect(response.text()).not.toContain('shelf')
  } finally {
    Object.defineProperty(Post, 'objects', { configurable: true, value: objects })
  }
})

test('a host that is not ours is a bad request', async () => {
  const response = await client.get('/feed/', { headers: { Host: 'elsewhere.example' } })
  expect(response.status).toBe(400)
})
