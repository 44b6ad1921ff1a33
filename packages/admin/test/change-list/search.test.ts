import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wordsOf } from '../../src/change-list/search-rows.ts'
import { labels, listPage } from '../pages.ts'
import { Author } from '../project/blog/models.ts'
import { makePost } from '../samples.ts'
import { superuser, test } from '../site.ts'

describe('search', () => {
  async function fill() {
    const ann = await Author.objects.create({ name: 'Ann Archer' })
    await makePost(ann, 'Two worlds')
    await makePost(ann, 'Worlds apart', { body: 'x' })
    await makePost(await Author.objects.create({ name: 'Bob' }), 'Ünder 100% sky_line')
  }

  test.for([
    ['world', ['Two worlds', 'Worlds apart']],
    ['WORLDS apart', ['Worlds apart']],
    ['"two worlds"', ['Two worlds']],
    ['"worlds two"', []],
    ['ann archer', []],
    ['"ann archer"', ['Two worlds', 'Worlds apart']],
    ['two-w', ['Two worlds']],
    ['o-worlds', []],
    ['2', ['Worlds apart']],
    ['ünder', ['Ünder 100% sky_line']],
    ['100%', ['Ünder 100% sky_line']],
    ['y_l', ['Ünder 100% sky_line']],
    ["'", []],
    ['   ', ['Two worlds', 'Worlds apart', 'Ünder 100% sky_line']],
  ] as const)('%j finds %j', async ([term, found]) => {
    await fill()
    const response = await (await superuser()).get('/admin/blog/post/', { query: { q: term, o: '1' } })
    expect(response.status).toBe(200)
    expect(labels(response)).toEqual(found)
  })

  test('the form keeps the other parameters, and can be cleared', async () => {
    const page = listPage(await (await superuser()).get('/admin/blog/post/?q=%20a%20&status__exact=draft&p=1'))
    expect(page.search).toEqual({
      name: 'q',
      value: 'a',
      helpText: '',
      hidden: [{ name: 'status__exact', value: 'draft' }],
      clearUrl: '?status__exact=draft',
    })
    expect(listPage(await (await superuser('other')).get('/admin/blog/tag/')).search).toBeNull()
  })

  test('a list without searchFields is as it is', async () => {
    expect((await (await superuser()).get('/admin/blog/tag/?q=x')).status).toBe(200)
  })

  it('takes words apart', () => {
    expect(wordsOf(' a  "b c" \'d e\' f" ')).toEqual(['a', 'b c', 'd e', 'f"'])
    fc.assert(fc.property(fc.string(), (text) => wordsOf(text).every((word) => word !== '' && text.includes(word))))
  })
})
