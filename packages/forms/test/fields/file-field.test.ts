import { UploadedFile } from '@nuages/http'
import { expect, test } from 'vitest'
import { type FormField, file, fileContradiction, image } from '../../src/index.ts'
import { messages, result } from './clean-result.ts'

const upload = (name: string, content: string | Uint8Array = 'x'): UploadedFile =>
  new UploadedFile(name, 'text/plain', content.length === 0 ? [] : [Buffer.from(content as string)])

const gif = Buffer.from('47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b', 'hex')
const bomb = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
  Buffer.from([0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]),
  Buffer.from('0806000000', 'hex'),
  Buffer.alloc(20),
])
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><script>alert(1)</script></svg>'

test.each<[FormField, unknown, unknown]>([
  [file(), undefined, '! required'],
  [file(), null, '! required'],
  [file(), 'a.txt', '! invalid'],
  [file(), upload('a.txt', ''), '! empty'],
  [file(), upload(''), '! invalid'],
  [file({ maxLength: 3 }), upload('a.txt'), '! max_length'],
  [file({ maxSize: 3 }), upload('a.txt', 'four'), '! max_size'],
  [file({ allowedExtensions: ['PDF'] }), upload('a.txt'), '! invalid_extension'],
  [file({ allowedExtensions: ['txt'] }), upload('.txt'), '! invalid_extension'],
  [file({ required: false }), undefined, null],
  [file({ required: false }), false, false],
  [file(), false, '! required'],
  [file(), fileContradiction, '! contradiction'],
  [image(), upload('a.gif', 'GIF? No.'), '! invalid_image'],
  [image(), upload('a.gif', svg), '! invalid_image'],
  [image(), upload('a.svg', svg), '! invalid_extension'],
  [image(), upload('a.html', gif), '! invalid_extension'],
  [image(), upload('a.png', bomb), '! max_pixels'],
  [image({ maxPixels: 0 }), upload('a.gif', gif), '! max_pixels'],
  [image({ required: false }), undefined, null],
])('case %#', async (field, raw, expected) => {
  expect(await result(field, raw)).toBe(expected)
})

test('what is fine is the file that was sent', async () => {
  const sent = upload('a.TXT')
  expect(await result(file({ allowedExtensions: ['txt'] }), sent)).toBe(sent)
  expect(await result(file({ allowEmptyFile: true }), upload('a', ''))).toBeInstanceOf(UploadedFile)
  const picture = upload('a.gif', gif)
  expect(await result(image(), picture)).toBe(picture)
})

test('where nothing was sent the file that is there stays', async () => {
  const stored = { name: 'covers/a.gif', url: '/media/covers/a.gif' }
  expect(await result(image(), undefined, stored)).toBe(stored)
  expect(await result(file({ required: false }), false, stored)).toBe(false)
  expect(file().hasChanged(stored, undefined)).toBe(false)
  expect(file().hasChanged(stored, upload('a'))).toBe(true)
  expect(file({ required: false }).hasChanged(stored, false)).toBe(true)
})

test('messages tell the kinds of files', async () => {
  expect(await messages(file({ allowedExtensions: ['pdf', 'odt'] }), upload('a.exe'))).toEqual([
    'Files of this kind are not allowed. Allowed are: pdf, odt.',
  ])
  expect(await messages(image(), upload('a.png', bomb))).toEqual([
    'The image has 65535 by 65535 pixels; 178956970 are allowed in all.',
  ])
})
