import { gotRequestException } from '@nuages/core'
import { database } from '@nuages/orm'
import { expect } from 'vitest'
import { superuser, test } from './site.ts'

test('what fails is a page of the site that tells nothing, and the log knows why', async () => {
  const client = await superuser()
  await database('default').script('DROP TABLE blog_tag')
  const errors: unknown[] = []
  const receiver = ({ error }: { error: unknown }) => {
    errors.push(error)
  }
  gotRequestException.connect(receiver)
  const response = await client.get('/admin/blog/tag/', { raiseRequestException: false })
  gotRequestException.disconnect(receiver)
  expect(response.status).toBe(500)
  expect(response.text()).toContain('<h1>Something went wrong</h1>')
  expect(response.text()).toContain('To the start')
  expect(response.text()).not.toContain('no such table')
  expect(response.headers.get('Cache-Control')).toBe('private, no-store')
  expect(errors).toHaveLength(1)
  expect(String(errors[0])).toContain('blog_tag')
})

test('where the frame of the site fails too, the project answers', async () => {
  const client = await superuser()
  await database('default').script('DROP TABLE auth_user')
  const response = await client.get('/admin/', { raiseRequestException: false })
  expect(response.status).toBe(500)
  expect(response.text()).not.toContain('no such table')
})
