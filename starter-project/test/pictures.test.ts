import type { Client, TestResponse } from 'nuages/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { Post } from '../blog/models.ts'
import { pngPicture } from './picture.ts'
import { openSite, signedIn } from './site.ts'

let maud: Client
beforeAll(async () => {
  maud = await signedIn(await openSite(), 'maud-lenoir')
})

const written = { title: 'A picture', summary: 'In short.', body: 'At length.', cloud: 'clear' }
const png = pngPicture(40, 20)
const script = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

function write(picture: File, change: object = {}): Promise<TestResponse> {
  return maud.post('/write/new/', { form: { ...written, pictureDescription: 'An evening', picture, ...change } })
}

test('a picture stands above its post and is served; the drawn sky makes way', async () => {
  const address = (await write(new File([png], 'evening sky.png'))).headers.get('Location')!
  const html = (await maud.get(address)).text()
  const [, src = ''] = /<img class="sky sky--picture" src="([^"]+)" alt="An evening">/.exec(html) ?? []
  expect(src).toMatch(/^\/media\/pictures\/\d{4}\/\d\d\/evening_sky\.png$/)
  expect(html).not.toContain('sky--clear')
  const picture = await maud.get(src)
  expect([picture.status, picture.headers.get('Content-Type')]).toEqual([200, 'image/png'])
  expect(Buffer.from(picture.bytes()).equals(png)).toBe(true)
})

test('two of the same name do not meet', async () => {
  const [one, two] = [pngPicture(8, 8), pngPicture(9, 9)]
  await write(new File([one], 'same.png'), { title: 'One' })
  await write(new File([two], 'same.png'), { title: 'Two' })
  const sizes = []
  for (const slug of ['one', 'two']) sizes.push(await (await Post.objects.get({ slug })).picture?.size())
  expect(sizes).toEqual([one.length, two.length])
})

test('is kept while other things change, and taken away when that is asked', async () => {
  await write(new File([png], 'kept.png'), { title: 'Kept' })
  const edit = (change: object) => maud.post('/posts/kept/edit/', { form: { ...written, slug: 'kept', ...change } })
  expect((await maud.get('/posts/kept/edit/')).text()).toMatch(/<img src="\/media\/pictures\/[^"]*kept\.png"/)
  await edit({ pictureDescription: 'Another word' })
  expect((await Post.objects.get({ slug: 'kept' })).picture?.name).toContain('kept.png')
  await edit({ 'picture-clear': 'on' })
  expect((await Post.objects.get({ slug: 'kept' })).picture).toBeNull()
  expect((await maud.get('/posts/kept/')).text()).toContain('sky--clear')
})

describe('is refused, and what was typed is kept:', () => {
  test.each([
    ['a text', new File(['I am no picture'], 'text.png')],
    ['a page', new File(['<html><script>alert(1)</script>'], 'page.html', { type: 'image/png' })],
    ['a drawing that can run scripts', new File([script], 'drawing.svg', { type: 'image/svg+xml' })],
    ['such a drawing under another name', new File([script], 'drawing.png', { type: 'image/png' })],
    ['a picture under a name that runs', new File([png], 'picture.html', { type: 'image/png' })],
    ['an empty file', new File([], 'empty.png', { type: 'image/png' })],
    ['a beginning of a picture', new File([png.subarray(0, 12)], 'half.png')],
  ])('%s', async (_what, file) => {
    const before = await Post.objects.count()
    const response = await write(file, { summary: 'Kept summary' })
    expect(response.status).toBe(200)
    expect(response.text()).toMatch(/<ul class="errorlist" id="id_picture_error"><li>[^<]+<\/li>/)
    expect(response.text()).toContain('Kept summary')
    expect(await Post.objects.count()).toBe(before)
  })
})

test('a picture without a description is asked for one', async () => {
  const response = await write(new File([png], 'mute.png'), { pictureDescription: '' })
  expect(response.status).toBe(200)
  expect(response.text()).toContain('Describe the picture, for readers who cannot see it.')
})

test('a name cannot lead out of the folder', async () => {
  await write(new File([png], '../../../../outside.png'), { title: 'Outside' })
  expect((await Post.objects.get({ slug: 'outside' })).picture?.name).toMatch(
    /^pictures\/\d{4}\/\d\d\/[^/]*outside\.png$/,
  )
})
