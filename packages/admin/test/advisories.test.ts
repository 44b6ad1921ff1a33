/** What Django's security advisories told of its admin; docs/security/advisories.md lists them. */
import { expect } from 'vitest'
import { formFields } from './form-fields.ts'
import { Comment, type Post } from './project/blog/models.ts'
import { authorWithPosts, makePost } from './samples.ts'
import { staff, superuser, test } from './site.ts'

async function postWithComment(): Promise<Post> {
  const post = await makePost(await authorWithPosts(0), 'One')
  await Comment.objects.create({ name: 'Ann', body: 'by Ann', post })
  return post
}

test('a list that is edited adds no rows, whatever is posted (CVE-2026-4292)', async () => {
  const client = await superuser()
  const post = await postWithComment()
  const url = '/admin/blog/comment/?o=1'
  const form = {
    ...formFields(await client.get(url)),
    'form-TOTAL_FORMS': '2',
    'form-1-id': '',
    'form-1-name': 'Mallory',
    'form-1-body': 'new',
    'form-1-post': String(post.id),
    _save: '1',
  }
  await client.post(url, { form })
  expect((await Comment.objects.all()).map(({ name }) => name)).toEqual(['Ann'])
})

test.for([
  ['blog.change_post'],
  ['blog.change_post', 'blog.view_comment'],
  ['blog.change_post', 'blog.change_comment'],
])('an inline adds no rows for who may not add them, whatever is posted (CVE-2026-4277): %s', async (permissions) => {
  const post = await postWithComment()
  const client = await staff(...permissions)
  const url = `/admin/blog/post/${post.id}/change/`
  const shown = formFields(await client.get(url))
  const form = {
    ...shown,
    'comments-TOTAL_FORMS': '3',
    'comments-INITIAL_FORMS': shown['comments-INITIAL_FORMS'] ?? '1',
    'comments-1-name': 'Mallory',
    'comments-1-body': 'new',
    'comments-2-name': 'Mallory',
    'comments-2-body': 'newer',
  }
  await client.post(url, { form })
  expect((await Comment.objects.all()).map(({ name }) => name)).toEqual(['Ann'])
})
