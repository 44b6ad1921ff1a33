import { LogEntry } from '@nuages/admin'
import { describe, expect } from 'vitest'
import { formFields } from '../form-fields.ts'
import { listPage, messagesIn } from '../pages.ts'
import { Comment } from '../project/blog/models.ts'
import { authorWithPosts, makePost } from '../samples.ts'
import { staff, superuser, test } from '../site.ts'

async function comments(count: number): Promise<void> {
  const post = await makePost(await authorWithPosts(0), 'One')
  for (let number = 1; number <= count; number++)
    await Comment.objects.create({ name: `c${number}`, body: `b${number}`, post })
}

const url = '/admin/blog/comment/?o=1'

describe('columns that are edited in the list', () => {
  test('are fields; what was changed is saved and noted', async () => {
    const client = await superuser()
    await comments(3)
    const response = await client.get(url)
    expect(listPage(response).editable).toMatchObject({ errors: null, errorCount: 0 })
    const data = formFields(response)
    expect(data).toMatchObject({ 'form-TOTAL_FORMS': '3', 'form-INITIAL_FORMS': '3', 'form-1-body': 'b2' })
    const saved = await client.post(url, {
      form: { ...data, 'form-1-body': 'new', 'form-2-isApproved': 'on', _save: '1' },
    })
    expect([saved.status, saved.headers.get('Location')]).toEqual([303, url])
    expect(messagesIn(await client.get(url))).toEqual(['2 comments were changed.'])
    const rows = await Comment.objects.orderBy('name')
    expect(rows.map(({ body, isApproved }) => [body, isApproved])).toEqual([
      ['b1', false],
      ['new', false],
      ['b3', true],
    ])
    const entries = await LogEntry.objects.orderBy('id')
    expect(entries.map((entry) => [entry.objectRepr, entry.describe()])).toEqual([
      ['c2: new', 'Changed Body.'],
      ['c3: b3', 'Changed Is approved.'],
    ])
    expect(entries[0]!.changeMessage).toContain('["b2","new"]')
  })

  test('one that is wrong keeps all of them from being saved, and what was typed', async () => {
    const client = await superuser()
    await comments(2)
    const data = formFields(await client.get(url))
    const response = await client.post(url, { form: { ...data, 'form-0-body': 'fine', 'form-1-body': '', _save: '1' } })
    expect(response.status).toBe(200)
    const page = listPage(response)
    expect(page.editable!.errorCount).toBe(1)
    expect(page.rows.map(({ label }) => label)).toHaveLength(2)
    expect(response.text()).toContain('fine')
    expect((await Comment.objects.orderBy('name')).map(({ body }) => body)).toEqual(['b1', 'b2'])
    expect(await LogEntry.objects.count()).toBe(0)
  })

  test('what another changed meanwhile is not overwritten unseen', async () => {
    const client = await superuser()
    await comments(1)
    const data = formFields(await client.get(url))
    await Comment.objects.filter({ name: 'c1' }).update({ body: 'theirs' })
    const response = await client.post(url, { form: { ...data, 'form-0-body': 'mine', _save: '1' } })
    expect(response.status).toBe(200)
    expect(listPage(response).rows[0]!.errors).not.toBeNull()
    expect(response.text()).toContain('mine')
    expect((await Comment.objects.get({ name: 'c1' })).body).toBe('theirs')
    // Whoever saves once more knows what they overwrite.
    expect((await client.post(url, { form: { ...formFields(response), _save: '1' } })).status).toBe(303)
    expect((await Comment.objects.get({ name: 'c1' })).body).toBe('mine')
  })

  test('who may only look sees text, and cannot save', async () => {
    const client = await staff('blog.view_comment')
    await comments(1)
    const page = listPage(await client.get(url))
    expect(page.editable).toBeNull()
    expect(page.rows[0]!.cells.map(({ field }) => field)).toEqual([null, null, null, null])
    const form = {
      'form-TOTAL_FORMS': '1',
      'form-INITIAL_FORMS': '1',
      'form-0-id': '1',
      'form-0-body': 'x',
      _save: '1',
    }
    expect((await client.post(url, { form })).status).toBe(403)
    expect((await Comment.objects.get({ name: 'c1' })).body).toBe('b1')
  })

  test('a page that was tampered with is told so, and changes nothing', async () => {
    const client = await superuser()
    await comments(2)
    const tampered: Record<string, string>[] = [
      {},
      { 'form-TOTAL_FORMS': 'x', 'form-INITIAL_FORMS': '1' },
      { 'form-TOTAL_FORMS': '9999999', 'form-INITIAL_FORMS': '9999999' },
      { 'form-TOTAL_FORMS': '1', 'form-INITIAL_FORMS': '1', 'form-0-id': '99', 'form-0-body': 'x' },
      { 'form-TOTAL_FORMS': '1', 'form-INITIAL_FORMS': '0', 'form-0-body': 'x' },
      {
        'form-TOTAL_FORMS': '2',
        'form-INITIAL_FORMS': '2',
        'form-0-id': '1',
        'form-0-body': 'x',
        'form-1-id': '1',
        'form-1-body': 'y',
      },
    ]
    for (const form of tampered) {
      const { status } = await client.post(url, { form: { ...form, _save: '1' } })
      expect.soft([form, status < 400]).toEqual([form, true])
    }
    expect((await Comment.objects.orderBy('name')).map(({ body }) => body)).toEqual(['b1', 'b2'])
    expect(await Comment.objects.count()).toBe(2)
  })
})
