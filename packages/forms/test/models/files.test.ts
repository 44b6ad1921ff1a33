import { ContentFile, MemoryStorage } from '@nuages/files'
import { atomic, char, database, FieldFile, file, Model, manager, registerModels } from '@nuages/orm'
import { createNunjucksEngine } from '@nuages/templates'
import { beforeEach, describe, expect, expectTypeOf, test } from 'vitest'
import { type FormFile, ModelForm } from '../../src/index.ts'
import { useBlog } from '../blog/use-blog.ts'

let storage: MemoryStorage

class Paper extends Model({
  title: char({ maxLength: 20, unique: true }),
  scan: file({
    uploadTo: (paper: { readonly title: string }, name: string) => `${paper.title}/${name}`,
    storage: () => storage,
  }),
  annex: file({ blank: true, maxLength: 30, storage: () => storage }),
}) {
  static objects = manager(Paper)
}

registerModels('papers', { Paper })
useBlog()
beforeEach(async () => {
  storage = new MemoryStorage({ baseUrl: '/media/' })
  await database().script(`
    CREATE TABLE papers_paper (
      id integer PRIMARY KEY AUTOINCREMENT, title varchar(20) NOT NULL UNIQUE, scan varchar(100) NOT NULL, annex varchar(30) NOT NULL
    );
  `)
})

class PaperForm extends ModelForm(Paper, { fields: ['scan', 'annex', 'title'], versionCheck: true }) {}

const upload = (name: string, content = name) => new ContentFile(content, name)

async function made(): Promise<Paper> {
  const form = new PaperForm({ data: { title: 'One' }, files: { scan: upload('ä.txt'), annex: upload('more.txt') } })
  return form.save()
}

describe('a form with files', () => {
  test('stores what was sent when it is saved, by the new values of the other fields', async () => {
    const form = new PaperForm({ data: { title: 'One' }, files: { scan: upload('a.txt') } })
    expect(form.isMultipart()).toBe(true)
    expect(await form.isValid()).toBe(true)
    expectTypeOf(form.cleanedData.scan).toEqualTypeOf<FormFile>()
    expectTypeOf(form.cleanedData.annex).toEqualTypeOf<FormFile | null | false>()
    expect(await storage.exists('One/a.txt')).toBe(false)
    const paper = await form.save()
    expect(paper.scan.name).toBe('One/a.txt')
    const read = await Paper.objects.get({ title: 'One' })
    expect([await read.scan.text(), read.annex]).toEqual(['a.txt', null])
  })

  test('keeps the files where none was sent', async () => {
    const paper = await made()
    const form = new PaperForm({ instance: paper, data: { title: 'Two' } })
    expect(await form.changedData).toEqual(['title'])
    await form.save()
    const read = await Paper.objects.get({ title: 'Two' })
    expect([read.scan.name, read.annex?.name]).toEqual(['One/ä.txt', 'more.txt'])
  })

  test('lets go of a file that is cleared, unless one is needed', async () => {
    const paper = await made()
    const data = { title: 'One', 'annex-clear': 'on', 'scan-clear': 'on' }
    const form = new PaperForm({ instance: paper, data })
    expect(await form.isValid()).toBe(true)
    expect(form.cleanedData.annex).toBe(false)
    await form.save()
    const read = await Paper.objects.get({ title: 'One' })
    expect([read.scan.name, read.annex]).toEqual(['One/ä.txt', null])
  })

  test('takes no file that is none, too long in name, or missing', async () => {
    const form = new PaperForm({
      data: { title: 'x', scan: 'not a file' },
      files: { annex: upload(`${'n'.repeat(40)}.txt`) },
    })
    expect(await form.isValid()).toBe(false)
    expect(form.hasError('scan', 'required')).toBe(true)
    expect(form.hasError('annex', 'max_length')).toBe(true)
  })

  test('leaves no file behind where it is not saved', async () => {
    const paper = await made()
    const form = new PaperForm({ data: { title: 'Two' }, files: { scan: upload('b.txt') } })
    expect(await form.isValid()).toBe(true)
    await Paper.objects.filter({ pk: paper.pk }).update({ title: 'Two' })
    expect(await form.saveIfValid()).toBe(null)
    expect(form.hasError('title', 'unique')).toBe(true)
    expect(await storage.exists('Two/b.txt')).toBe(false)
    const lost = new PaperForm({ data: { title: 'Three' }, files: { scan: upload('c.txt') } })
    const rolledBack = atomic(async () => {
      await lost.save()
      throw new Error('no')
    })
    await expect(rolledBack).rejects.toThrow('no')
    expect(await storage.exists('Three/c.txt')).toBe(false)
  })

  test('shows the file that is there, and tells of another that was put in its place', async () => {
    const paper = await made()
    const engine = createNunjucksEngine({ debug: true })
    const html = await engine.renderString('{{ form }}', { form: new PaperForm({ instance: paper }) })
    expect(html).toContain('more.txt')
    const _version = /_version" value="([^"]+)"/.exec(html)![1]!
    const other = await Paper.objects.get({ pk: paper.pk })
    other.annex = new FieldFile(upload('theirs.txt'))
    await other.save()
    const form = new PaperForm({
      instance: await Paper.objects.get({ pk: paper.pk }),
      data: { title: 'One', _version },
      files: { annex: upload('mine.txt') },
    })
    expect(await form.saveIfValid()).toBe(null)
    expect(form.nonFieldErrors().join()).toContain('Annex is now “theirs.txt”.')
  })
})
