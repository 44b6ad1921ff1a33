import { RequestError } from '@nuages/gateway'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  BadRequest,
  BodyAlreadyRead,
  defaultRequestPolicy,
  HttpRequest,
  RequestDataTooBig,
  type RequestPolicy,
  TooManyFieldsSent,
  TooManyFilesSent,
  UnreadableBody,
} from '../src/index.ts'
import { makeEnviron } from './environ.ts'

type Input = Iterable<Uint8Array | string> | AsyncIterable<Uint8Array>

function post(
  input: Input,
  contentType = '',
  policy: Partial<RequestPolicy> = {},
  environ: Record<string, string> = {},
): HttpRequest {
  const type = contentType === '' ? {} : { CONTENT_TYPE: contentType }
  return new HttpRequest(makeEnviron({ REQUEST_METHOD: 'POST', ...type, ...environ }, input), {
    ...defaultRequestPolicy,
    ...policy,
  })
}

const multipart = 'multipart/form-data; boundary=x'

function part(name: string, content: string, fileName?: string, type = 'text/plain'): string {
  const file = fileName === undefined ? '' : `; filename="${fileName}"\r\nContent-Type: ${type}`
  return `--x\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${content}\r\n`
}

const end = '--x--\r\n'

describe('bytes and text', () => {
  it('are read once and kept', async () => {
    const request = post(['hé', 'llo'])
    expect(await request.text()).toBe('héllo')
    expect(Buffer.from(await request.bytes()).toString()).toBe('héllo')
    expect(await request.bytes()).toBe(await request.bytes())
  })

  it('are empty without a body', async () => {
    expect((await post([]).bytes()).byteLength).toBe(0)
    expect(await post([]).text()).toBe('')
  })

  it('follow the charset', async () => {
    expect(await post([Buffer.from('é', 'latin1')], 'text/plain; charset=iso-8859-1').text()).toBe('é')
    await expect(post([Buffer.from([0xff])]).text()).rejects.toThrow('The body is not utf-8 text.')
    await expect(post(['x'], 'text/plain; charset=klingon').text()).rejects.toThrow(BadRequest)
  })

  it('stop at the limit, announced or not', async () => {
    await expect(post(['123456'], '', { maxBodySize: 5 }).bytes()).rejects.toThrow(RequestDataTooBig)
    await expect(post([], '', { maxBodySize: 5 }, { CONTENT_LENGTH: '6' }).bytes()).rejects.toMatchObject({
      status: 413,
    })
    expect((await post(['12345'], '', { maxBodySize: 5 }).bytes()).byteLength).toBe(5)
  })

  it('say when the client stopped', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half')
      throw new Error('aborted')
    }
    await expect(post(broken()).bytes()).rejects.toThrow(UnreadableBody)
    await expect(post(broken(), multipart).form()).rejects.toThrow(UnreadableBody)
  })

  it('let the answer of the server pass', async () => {
    const timeout = new RequestError('request-timeout')
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('--x')
      throw timeout
    }
    await expect(post(slow()).bytes()).rejects.toBe(timeout)
    await expect(post(slow(), multipart).form()).rejects.toBe(timeout)
  })

  it('take no other error for an answer', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half')
      throw Object.assign(new Error('from elsewhere'), { status: 502 })
    }
    await expect(post(broken()).bytes()).rejects.toMatchObject({ status: 400 })
  })

  it('cannot be had twice as a stream', async () => {
    const request = post(['ab'])
    expect(Buffer.concat(await Array.fromAsync(request.stream())).toString()).toBe('ab')
    expect(() => request.stream()).toThrow(BodyAlreadyRead)
    await expect(request.bytes()).rejects.toThrow('The request body cannot be read with bytes()')
  })
})

describe('json', () => {
  it('parses, and checks against a schema', async () => {
    expect(await post(['{"a": [1]}']).json()).toEqual({ a: [1] })
    const schema = z.object({ name: z.string(), age: z.coerce.number() })
    expect(await post(['{"name": "x", "age": "3"}']).json(schema)).toEqual({ name: 'x', age: 3 })
  })

  it('is a bad request where it is not JSON or does not fit', async () => {
    await expect(post(['{']).json()).rejects.toThrow(BadRequest)
    await expect(post(['']).json()).rejects.toThrow(BadRequest)
    const asked = post(['{"name": 1}']).json(z.object({ name: z.string() }))
    await expect(asked).rejects.toThrow(/The JSON body does not fit: name: /)
    await expect(asked).rejects.toMatchObject({ status: 400, cause: expect.any(z.ZodError) })
  })
})

describe('urlencoded forms', () => {
  const type = 'application/x-www-form-urlencoded; charset=UTF-8'

  it('are read as QueryDict', async () => {
    const request = post(['a=1&b=%C3', '%A9&a=2'], type)
    const { fields, files } = await request.form()
    expect([...fields]).toEqual([
      ['a', '1'],
      ['a', '2'],
      ['b', 'é'],
    ])
    expect(files.size).toBe(0)
    expect(await request.text()).toBe('a=1&b=%C3%A9&a=2')
    expect(await request.form()).toBe(await request.form())
  })

  it('have limits', async () => {
    await expect(post(['a=1&b=2&c=3'], type, { maxFields: 2 }).form()).rejects.toThrow(TooManyFieldsSent)
    await expect(post(['a=123456'], type, { maxBodySize: 5 }).form()).rejects.toThrow(RequestDataTooBig)
    await expect(post(['a=%ff'], type).form()).rejects.toThrow(BadRequest)
  })

  it('are empty for another media type', async () => {
    const { fields, files } = await post(['a=1'], 'application/json').form()
    expect([fields.size, files.size]).toEqual([0, 0])
  })
})

describe('multipart forms', () => {
  it('give fields and files', async () => {
    const body = part('title', 'été') + part('tag', 'a') + part('tag', 'b') + part('file', 'content', 'notes.txt') + end
    const { fields, files } = await post([body.slice(0, 70), body.slice(70)], multipart).form()
    expect(fields.get('title')).toBe('été')
    expect(fields.getAll('tag')).toEqual(['a', 'b'])
    const file = files.get('file')!
    expect(file).toMatchObject({ name: 'notes.txt', contentType: 'text/plain', size: 7 })
    expect(await file.text()).toBe('content')
    expect(Buffer.concat(await Array.fromAsync(file.stream())).toString()).toBe('content')
  })

  it('leave out a file input without a file', async () => {
    const { files } = await post([part('file', '', '', 'application/octet-stream') + end], multipart).form()
    expect(files.size).toBe(0)
  })

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\\\temp\\\\a.txt', 'a.txt'],
    ['a\tb\u202etxt.exe', 'abtxt.exe'],
    ['photo é.png', 'photo é.png'],
  ])('take the last name of %s', async (sent, name) => {
    const { files } = await post([part('file', 'x', sent) + end], multipart).form()
    expect(files.get('file')?.name).toBe(name)
  })

  it.each(['..', '.', 'a/'])('take no file named %s', async (sent) => {
    const { files } = await post([part('file', 'x', sent) + end], multipart).form()
    expect(files.size).toBe(0)
  })

  it('can be read after the bytes, but not before them', async () => {
    const both = post([part('a', '1') + end], multipart)
    await both.bytes()
    expect((await both.form()).fields.get('a')).toBe('1')
    const streamed = post([part('a', '1') + end], multipart)
    await streamed.form()
    await expect(streamed.bytes()).rejects.toThrow(BodyAlreadyRead)
  })

  const body =
    part('a', '1') + part('b', '2') + part('f', 'x'.repeat(100), 'f.txt') + part('g', 'y'.repeat(100), 'g.txt') + end

  it.each([
    ['fields', { maxFields: 1 }, TooManyFieldsSent],
    ['files', { maxFiles: 1 }, TooManyFilesSent],
    ['bytes of a file', { maxFileSize: 99 }, RequestDataTooBig],
    ['bytes of all files', { maxUploadSize: 199 }, RequestDataTooBig],
    ['bytes of fields', { maxBodySize: 3 }, RequestDataTooBig],
  ])('limit %s', async (_, policy, error) => {
    await expect(post([body], multipart, policy).form()).rejects.toThrow(error)
    const bytewise = Array.from(Buffer.from(body), (byte) => Buffer.of(byte))
    await expect(post(bytewise, multipart, policy).form()).rejects.toThrow(error)
  })

  it('are taken at the limit', async () => {
    const policy = { maxFields: 2, maxFiles: 2, maxFileSize: 100, maxUploadSize: 200, maxBodySize: 4 }
    const { fields, files } = await post([body], multipart, policy).form()
    expect([fields.size, files.size]).toEqual([2, 2])
  })

  it('stop reading where a limit is passed', async () => {
    let taken = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n')
      for (;;) {
        taken += 1
        yield Buffer.alloc(1024)
      }
    }
    await expect(post(endless(), multipart, { maxFileSize: 10_000 }).form()).rejects.toThrow(RequestDataTooBig)
    expect(taken).toBeLessThan(100)
  })

  it.each([
    ['no boundary', 'multipart/form-data', body],
    ['an early end', multipart, body.slice(0, 300)],
    ['an early end in a header', multipart, body.slice(0, 30)],
    ['nothing', multipart, ''],
    ['something else', multipart, 'hello'],
  ])('are bad with %s', async (_, type, text) => {
    await expect(post([text], type).form()).rejects.toThrow(BadRequest)
  })

  it('answer whatever is sent, in whatever pieces', async () => {
    const pieces = fc.array(
      fc.constantFrom(
        '--x',
        '\r\n',
        '--',
        part('a', 'b'),
        part('f', 'c', 'd'),
        end,
        'Content-Disposition: form-data',
        'name="a"',
        '\0',
      ),
    )
    await fc.assert(
      fc.asyncProperty(pieces, async (input) => {
        try {
          await post(input, multipart).form()
        } catch (error) {
          expect(error).toBeInstanceOf(BadRequest)
        }
      }),
      { numRuns: 300 },
    )
  })
})
