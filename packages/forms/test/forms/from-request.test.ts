import { HttpRequest } from '@nuages/http'
import { expect, test } from 'vitest'
import { boolean, char, Form, file, multipleChoice } from '../../src/index.ts'

/** A request as a server would hand it over. */
function requestOf(method: string, type = '', body = ''): HttpRequest {
  async function* input(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(body)
  }
  const environ = {
    REQUEST_METHOD: method,
    SCRIPT_NAME: '',
    PATH_INFO: '/',
    QUERY_STRING: 'title=from+the+query',
    SERVER_NAME: 'testserver',
    SERVER_PORT: '80',
    SERVER_PROTOCOL: 'HTTP/1.1',
    CONTENT_TYPE: type,
    CONTENT_LENGTH: String(Buffer.byteLength(body)),
    'gateway.version': [1, 0],
    'gateway.urlScheme': 'http',
    'gateway.input': input(),
    'gateway.errors': process.stderr,
    'gateway.multiprocess': false,
    'gateway.runOnce': false,
    'gateway.signal': new AbortController().signal,
  }
  return new HttpRequest(environ as unknown as ConstructorParameters<typeof HttpRequest>[0])
}

class PostForm extends Form({
  title: char(),
  draft: boolean({ required: false }),
  tags: multipleChoice({
    choices: [
      ['a', 'A'],
      ['b', 'B'],
    ],
    required: false,
  }),
  cover: file({ required: false }),
}) {}

const urlencoded = 'application/x-www-form-urlencoded'

test('a GET makes an unbound form', async () => {
  const form = await PostForm.fromRequest(requestOf('GET'), { initial: { title: 'New' } })
  expect(form).toBeInstanceOf(PostForm)
  expect(form.isBound).toBe(false)
  expect(form.get('title').value()).toBe('New')
})

test.each(['POST', 'PUT', 'PATCH'])('a %s makes a bound form', async (method) => {
  const form = await PostForm.fromRequest(requestOf(method, urlencoded, 'title=a&title=b&tags=a&tags=b&draft=on'))
  expect(await form.isValid()).toBe(true)
  expect(form.cleanedData).toEqual({ title: 'b', draft: true, tags: ['a', 'b'], cover: null })
})

test('a POST without a body is bound too', async () => {
  const form = await PostForm.fromRequest(requestOf('POST'))
  expect(form.isBound).toBe(true)
  expect(await form.isValid()).toBe(false)
  expect(form.hasError('title', 'required')).toBe(true)
})

test('files come with multipart', async () => {
  const part = (head: string, content: string): string =>
    `--x\r\nContent-Disposition: form-data; ${head}\r\n\r\n${content}\r\n`
  const body = (name: string, content: string) =>
    `${part('name="title"', 'A')}${part(`name="cover"; filename="${name}"`, content)}--x--\r\n`
  const form = await PostForm.fromRequest(requestOf('POST', 'multipart/form-data; boundary=x', body('a.txt', 'hello')))
  expect(await form.isValid()).toBe(true)
  const { cover } = form.cleanedData
  expect(cover ? cover.name : cover).toBe('a.txt')
  expect(cover && Buffer.from(await cover.bytes()).toString()).toBe('hello')
  // What a browser sends where no file was chosen.
  const none = await PostForm.fromRequest(requestOf('POST', 'multipart/form-data; boundary=x', body('', '')))
  expect(await none.isValid()).toBe(true)
  expect(none.cleanedData.cover).toBe(null)
})

test('the options of the form are kept, but for what was sent', async () => {
  const form = await PostForm.fromRequest(requestOf('POST', urlencoded, 'x-title=a'), {
    prefix: 'x',
    data: { title: 'no' },
  })
  expect(await form.isValid()).toBe(true)
  expect(form.cleanedData.title).toBe('a')
})

test('a body that is malformed is the client’s fault', async () => {
  await expect(PostForm.fromRequest(requestOf('POST', urlencoded, 'title=%ff'))).rejects.toThrow('does not spell UTF-8')
})
