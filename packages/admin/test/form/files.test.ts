import { LogEntry } from '@nuages/admin'
import { describe, expect } from 'vitest'
import { formFields } from '../form-fields.ts'
import { formPage, listPage } from '../pages.ts'
import { Picture } from '../project/blog/models.ts'
import { staff, superuser, test } from '../site.ts'

/** The smallest PNG there is. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

const image = () => new File([png], 'sky.png', { type: 'image/png' })

describe('files', () => {
  test('are uploaded, shown, kept and cleared', async () => {
    const client = await superuser()
    const add = '/admin/blog/picture/add/'
    expect(formPage(await client.get(add)).isMultipart).toBe(true)
    const notes = new File(['text'], 'notes.txt', { type: 'text/plain' })
    expect((await client.post(add, { form: { title: 'Sky', image: image(), notes } })).status).toBe(303)
    const picture = await Picture.objects.get({ title: 'Sky' })
    expect(await picture.notes!.text()).toBe('text')
    const [, shown, file] = listPage(await client.get('/admin/blog/picture/')).rows[0]!.cells
    expect(shown!.value).toEqual({ kind: 'image', text: 'sky.png', url: '/media/pictures/sky.png' })
    expect(file!.value).toEqual({ kind: 'file', text: 'notes.txt', url: '/media/notes/notes.txt' })

    const url = '/admin/blog/picture/1/change/'
    const form = formFields(await client.get(url))
    expect((await client.post(url, { form: { ...form, title: 'Night' } })).status).toBe(303)
    await picture.refreshFromDb()
    expect(picture.image!.name).toBe('pictures/sky.png')
    const again = formFields(await client.get(url))
    await client.post(url, { form: { ...again, 'notes-clear': 'on', image: new File([png], 'moon.png') } })
    await picture.refreshFromDb()
    expect([picture.notes, picture.image!.name]).toEqual([null, 'pictures/moon.png'])
    const [changed] = await LogEntry.objects.all()
    expect(changed!.describe()).toBe('Changed Image and Notes.')
    expect(changed!.changeMessage).toContain('[["sky.png","moon.png"],["notes.txt",null]]')
  })

  test('what is no image is told, and what else was typed stays', async () => {
    const client = await superuser()
    const form = { title: 'Sky', image: new File(['not an image'], 'sky.png') }
    const response = await client.post('/admin/blog/picture/add/', { form })
    expect(response.status).toBe(200)
    expect(formPage(response).errorSummary).toMatchObject([{ label: 'Image', target: 'id_image' }])
    expect(formFields(response)['title']).toBe('Sky')
    expect(await Picture.objects.count()).toBe(0)
  })

  test('who may only look sees them', async () => {
    const client = await superuser()
    await client.post('/admin/blog/picture/add/', { form: { title: 'Sky', image: image() } })
    const page = formPage(await (await staff('blog.view_picture')).get('/admin/blog/picture/1/change/'))
    const cells = page.fieldsets.flatMap(({ lines }) => lines.flatMap((line) => line.cells))
    expect(cells.find(({ name }) => name === 'image')).toMatchObject({ value: { kind: 'image', text: 'sky.png' } })
    expect(cells.find(({ name }) => name === 'notes')).toMatchObject({ value: { kind: 'empty' } })
  })
})
