import fc from 'fast-check'
import { expect, it } from 'vitest'
import { BadRequest, HttpError } from '../../src/index.ts'
import { multipartBody, postForm, type SentPart } from './multipart.ts'

const boundary = '-b'

/** Bytes that look like the framing around them, as often as not. */
const content = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\r\n',
        '\r',
        '\n',
        '--',
        '-',
        `\r\n--${boundary}`.slice(0, -1),
        `--${boundary}`,
        '\r\n-',
        '\r\n\r\n',
        'é',
        '',
      ),
      fc.string({ maxLength: 5 }),
    ),
    { maxLength: 8 },
  )
  // what is the boundary itself ends the part, as it should
  .map((pieces) => `x${pieces.join('')}`.replaceAll(`\r\n--${boundary}`, '\r\n--'))
  .map((text) => text.replaceAll('\0', '0').toWellFormed())

const part: fc.Arbitrary<SentPart> = fc.record(
  {
    name: fc.constantFrom('a', 'b', 'ü', 'with space', 'a;b', 'c=d', "'"),
    content,
    fileName: fc.constantFrom('f.txt', 'été.png', 'a;b="c'.replaceAll('"', '%22'), 'x y'),
  },
  { requiredKeys: ['name', 'content'] },
)

/** Where a text of `length` bytes is cut. */
const cuts = fc.array(fc.nat({ max: 1000 }), { maxLength: 12 })

function cut(bytes: Buffer, at: readonly number[]): Buffer[] {
  const places = [0, ...at.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
  return places.slice(1).map((place, index) => bytes.subarray(places[index], place))
}

async function read(chunks: Iterable<Uint8Array>) {
  const { fields, files } = await postForm(chunks, {}, boundary).form()
  const read = await Promise.all([...files].map(async ([name, file]) => [name, file.name, await file.text()]))
  return { fields: [...fields], files: read }
}

/** The same with what it fails with. */
const outcome = (chunks: Iterable<Uint8Array>) =>
  read(chunks).catch((error: unknown) => {
    expect(error).toBeInstanceOf(HttpError)
    return (error as HttpError).code
  })

it('gives back what was sent, however it is cut, whatever stands around it', async () => {
  const around = fc.constantFrom('', '\r\n', 'a preamble\r\n', '\r\n\r\n--x\r\n')
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 5 }), cuts, around, around, async (parts, at, before, after) => {
      const body = Buffer.concat([Buffer.from(before), multipartBody(parts, boundary), Buffer.from(after)])
      fc.pre(parts.length > 0 && !`${before}\r\n`.startsWith('--'))
      const byName = (rows: [string, string][]) =>
        [...new Map(rows.map(([name]) => [name, rows.filter((row) => row[0] === name)])).values()].flat()
      expect(await read(cut(body, at))).toEqual({
        fields: byName(
          parts.filter((sent) => sent.fileName === undefined).map((sent) => [sent.name, sent.content as string]),
        ),
        files: byName(
          parts.filter((sent) => sent.fileName !== undefined).map((sent) => [sent.name, JSON.stringify(sent)]),
        ).map(([name, sent]) => [name, JSON.parse(sent).fileName, JSON.parse(sent).content]),
      })
    }),
    { numRuns: 200 },
  )
})

it('takes large files however they are cut, while they wait to be taken', async () => {
  const large = multipartBody([{ name: 'a', fileName: 'f', content: Buffer.alloc(200_000, 'x') }], boundary)
  const sizes = fc.array(fc.integer({ min: 1, max: 65_536 }), { minLength: 40, maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(sizes, fc.boolean(), async (chunkSizes, waits) => {
      async function* chunks(): AsyncGenerator<Uint8Array> {
        let at = 0
        for (const size of [...chunkSizes, large.length]) {
          if (waits) await new Promise((resolve) => setImmediate(resolve))
          if (at < large.length) yield large.subarray(at, at + size)
          at += size
        }
      }
      const { files } = await postForm(chunks(), {}, boundary).form()
      expect(files.get('a')!.size).toBe(200_000)
    }),
    { numRuns: 100 },
  )
})

const pieces = fc.array(
  fc.constantFrom(
    `--${boundary}`,
    `\r\n--${boundary}`,
    `--${boundary}--`,
    '\r\n',
    '\n',
    '\0',
    '--',
    ': ',
    'Content-Disposition: form-data; name="a"\r\n',
    'Content-Disposition: form-data; name="f"; filename="g"\r\n',
    'Content-Disposition: attachment; name=x\r\n',
    "Content-Disposition: form-data; name=a; filename*=UTF-8''%C3%A9\r\n",
    'Content-Type: text/plain; charset=utf-16le\r\n',
    ' folded\r\n',
    'é',
    'text',
  ),
  { maxLength: 20 },
)

it('makes the same of anything, however it is cut: a form or a refusal', async () => {
  await fc.assert(
    fc.asyncProperty(pieces, cuts, async (sent, at) => {
      const bytes = Buffer.from(sent.join(''))
      const whole = await outcome([bytes])
      expect(await outcome(cut(bytes, at))).toEqual(whole)
      expect(await outcome(Array.from(bytes, (byte) => Buffer.of(byte)))).toEqual(whole)
    }),
    { numRuns: 300 },
  )
})

it('takes headers of parts up to the size, and no more', async () => {
  const sent = (size: number) =>
    read([
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name=a\r\nX: ${'y'.repeat(size)}\r\n\r\nb\r\n--${boundary}--`,
      ),
    ])
  expect((await sent(16_000)).fields).toEqual([['a', 'b']])
  await expect(sent(16_400)).rejects.toThrow('The headers of a part of the form are larger than 16384 bytes.')
  await expect(sent(100_000)).rejects.toThrow(BadRequest)
  const many = `--${boundary}\r\nContent-Disposition: form-data; name=a\r\n${'X: y\r\n'.repeat(50)}\r\nb\r\n--${boundary}--`
  await expect(read([Buffer.from(many)])).rejects.toThrow('more than 50 headers')
})

it.each([
  ['a name that is not UTF-8', 'name="\xff"', 'b'],
  ['a name with a NUL', 'name="a\0"', 'b'],
  ['a very long name', `name="${'n'.repeat(1001)}"`, 'b'],
  ['a file name that is not UTF-8', 'name="a"; filename="\xe9"', 'b'],
  ['a file name in another charset', "name=a; filename*=iso-8859-1'en'%A3", 'b'],
  ['a file name with a broken escape', "name=a; filename*=UTF-8''%zz", 'b'],
  ['a field that is not UTF-8', 'name="a"', 'b\xff'],
  ['a field with a NUL', 'name="a"', 'b\0'],
  ['a field with half a surrogate pair', 'name="a"', '\xed\xa0\x80'],
  ['an unknown charset', 'name="a"\r\nContent-Type: text/plain; charset=klingon', 'b'],
  ['base64', 'name="a"; filename="b"\r\nContent-Transfer-Encoding: base64', 'YWJj'],
])('refuses %s', async (_, disposition, text) => {
  const body = `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${text}\r\n--${boundary}--`
  await expect(read([Buffer.from(body, 'latin1')])).rejects.toMatchObject({ status: 400, code: 'bad-request' })
})

it.each([
  ['an escaped quote', 'name="a\\"b"', 'a"b'],
  ['a name without quotes', 'name=abc', 'abc'],
  ['a name with an equals sign and a semicolon', 'name="a=b;c"', 'a=b;c'],
  ['capitals and spaces', ' NAME = "a" ', 'a'],
])('reads %s', async (_, disposition, name) => {
  const body = `--${boundary}\r\ncontent-disposition: Form-Data; ${disposition}\r\n\r\nb\r\n--${boundary}--`
  expect((await read([Buffer.from(body)])).fields).toEqual([[name, 'b']])
})

it.each([
  '',
  'boundary=',
  'boundary=""',
  `boundary=${'b'.repeat(71)}`,
  'boundary="é"',
  'boundary="a\\"b"',
  'boundary="a "',
])('refuses the boundary of %s', async (parameter) => {
  const { HttpRequest } = await import('../../src/index.ts')
  const { makeEnviron } = await import('../environ.ts')
  const environ = makeEnviron({ CONTENT_TYPE: `multipart/form-data; ${parameter}` }, ['--b--'])
  await expect(new HttpRequest(environ).form()).rejects.toThrow('no valid boundary')
})
