import { expect } from 'vitest'
import { formPage, labels } from './pages.ts'
import { Author, Contract } from './project/blog/models.ts'
import { staff, superuser, test } from './site.ts'

const url = '/admin/blog/author/1/change/'
const toolNames = async (client: Awaited<ReturnType<typeof staff>>) =>
  formPage(await client.get(url)).tools.map(({ label }) => label)

test('the page of a row leads to the list of what belongs to it', async () => {
  const client = await superuser()
  const ann = await Author.objects.create({ name: 'Ann' })
  await Contract.objects.create({ number: 'A-1', author: ann })
  await Contract.objects.create({ number: 'B-1', author: await Author.objects.create({ name: 'Bob' }) })
  const link = formPage(await client.get(url)).tools.find(({ label }) => label === 'Contracts')!
  expect(link.url).toBe('/admin/blog/contract/?author__id__exact=1')
  expect(labels(await client.get(link.url))).toEqual(['A-1'])
})

test('but not whoever may not see that list', async () => {
  await Author.objects.create({ name: 'Ann' })
  expect(await toolNames(await staff('blog.view_author'))).toEqual(['History'])
})
