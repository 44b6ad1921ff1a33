import { char, database, Model, manager, registerModels, version } from '@nuages/orm'
import { NunjucksEngine } from '@nuages/templates'
import { beforeEach, expect, test } from 'vitest'
import { ModelForm } from '../../src/index.ts'
import { useBlog } from '../blog/use-blog.ts'

class Page extends Model({
  title: char({ maxLength: 50 }),
  note: char({ maxLength: 50, default: '' }),
  version: version(),
}) {
  static objects = manager(Page)
}

registerModels('wiki', { Page })
useBlog()

class TitleForm extends ModelForm(Page, { fields: ['title'] }) {}
class CheckedForm extends ModelForm(Page, { fields: ['title'], versionCheck: true }) {}

beforeEach(async () => {
  await database().script(
    'CREATE TABLE wiki_page (id integer PRIMARY KEY, title varchar(50) NOT NULL, note varchar(50) NOT NULL, version integer NOT NULL)',
  )
  await Page.objects.create({ title: 'Home' })
})

async function changedMeanwhile(change: (page: Page) => Promise<unknown>): Promise<Page> {
  const [mine, theirs] = [await Page.objects.get({}), await Page.objects.get({})]
  await change(theirs)
  return mine
}

test('a form cannot save a row of another version, and says so', async () => {
  const instance = await changedMeanwhile((page) => Object.assign(page, { title: 'Theirs' }).save())
  const form = new TitleForm({ instance, data: { title: 'Mine' } })
  expect(await form.saveIfValid()).toBe(null)
  expect(form.hasError(null, 'stale')).toBe(true)
  expect((await Page.objects.get({})).title).toBe('Theirs')
})

test('a row that is gone is told as such', async () => {
  const instance = await changedMeanwhile((page) => page.delete())
  const form = new TitleForm({ instance, data: { title: 'Mine' } })
  expect(await form.saveIfValid()).toBe(null)
  expect(form.hasError(null, 'deleted')).toBe(true)
})

test('a form that knows what its page showed minds its own fields alone', async () => {
  const page = await Page.objects.get({})
  const html = await new NunjucksEngine().renderString('{{ form.get("_version") }}', {
    form: new CheckedForm({ instance: page }),
  })
  const sent = /value="([^"]*)"/.exec(html)?.[1] ?? ''
  await Object.assign(await Page.objects.get({}), { note: 'theirs' }).save()
  const form = new CheckedForm({ instance: page, data: { title: 'Mine', _version: sent } })
  expect((await form.saveIfValid())?.title).toBe('Mine')
  expect({ ...(await Page.objects.get({})) }).toMatchObject({ title: 'Mine', note: 'theirs', version: 3 })
})
