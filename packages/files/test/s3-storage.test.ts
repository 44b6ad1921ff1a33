import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ContentFile, type FileContent, FileNotFound, S3Storage, StorageError } from '../src/index.ts'
import { presign } from '../src/s3/presign.ts'
import { startS3, type TestS3 } from './s3-server.ts'

const MiB = 1024 * 1024
let server: TestS3
beforeAll(async () => {
  server = await startS3({ isConditional: true })
})
afterAll(() => server.close())

const storage = (options = {}): S3Storage => new S3Storage({ ...server.options, ...options })

/** A content of `size` bytes that is made while it is read. */
function flowing(size: number, breaksAt = Number.NaN): FileContent {
  return {
    name: 'film.mp4',
    size,
    bytes: () => Promise.reject(new Error('The whole of it is not to be read.')),
    async *stream() {
      for (let sent = 0; sent < size; sent += 64 * 1024) {
        if (sent >= breaksAt) throw new Error('the client went away')
        yield new Uint8Array(Math.min(64 * 1024, size - sent)).fill((sent / (64 * 1024)) % 251)
      }
    },
  }
}

describe('a large file', () => {
  test('is uploaded in parts, however its content is cut, and comes back the same', async () => {
    const size = 11 * MiB + 17
    server.requests.length = 0
    const name = await storage({ partSize: 5 * MiB }).save('films/large.mp4', flowing(size))
    expect(server.requests.filter((line) => /^PUT .*partNumber=/.test(line))).toHaveLength(3)
    expect(server.largestBody()).toBe(5 * MiB)
    expect(await storage().size(name)).toBe(size)
    let position = 0
    for await (const chunk of storage().open(name)) {
      for (let index = 0; index < chunk.length; index += 4099) {
        expect(chunk[index]).toBe(Math.floor((position + index) / (64 * 1024)) % 251)
      }
      position += chunk.length
    }
    expect(position).toBe(size)
  })

  test('of exactly one part is one request, of one byte more it is two parts', async () => {
    server.requests.length = 0
    await storage({ partSize: 5 * MiB }).save('exact.bin', flowing(5 * MiB))
    expect(server.requests.filter((line) => line.startsWith('PUT'))).toEqual([
      expect.stringMatching(/^PUT \/media\/exact\.bin/),
    ])
    server.requests.length = 0
    await storage({ partSize: 5 * MiB }).save('more.bin', flowing(5 * MiB + 1))
    expect(server.requests.filter((line) => /^PUT .*partNumber=/.test(line))).toHaveLength(2)
  })

  test('that breaks off leaves neither an object nor parts that would be paid for', async () => {
    server.requests.length = 0
    const broken = flowing(12 * MiB, 11 * MiB)
    await expect(storage({ partSize: 5 * MiB }).save('broken.bin', broken)).rejects.toThrow('the client went away')
    expect(await storage().exists('broken.bin')).toBe(false)
    expect(server.requests.filter((line) => /^DELETE .*uploadId=/.test(line))).toHaveLength(1)
  })

  test('does not overwrite what another process stored meanwhile', async () => {
    const large: FileContent = {
      ...flowing(6 * MiB),
      async *stream() {
        // Another process, which has its own storage, is faster.
        if (!(await storage().exists('race.bin'))) await storage().save('race.bin', new ContentFile('first', 'x'))
        yield* flowing(6 * MiB).stream()
      },
    }
    const name = await storage({ partSize: 5 * MiB }).save('race.bin', large)
    expect(name).toMatch(/^race_\w{7}\.bin$/)
    expect([await storage().size('race.bin'), await storage().size(name)]).toEqual([5, 6 * MiB])
  })
})

test('processes that save under one name at once get names of their own', async () => {
  const texts = Array.from({ length: 20 }, (_, index) => `content ${index}`)
  const names = await Promise.all(texts.map((text) => storage().save('at-once.txt', new ContentFile(text, 'x'))))
  expect(new Set(names).size).toBe(20)
  const read = async (name: string): Promise<string> =>
    Buffer.concat(await Array.fromAsync(storage().open(name))).toString()
  expect(await Promise.all(names.map(read))).toEqual(texts)
})

// s3rver cannot make the token that asks for the rest of a list (it needs a cipher that Node no longer has).
test('a folder of more files than the server lists at once is listed whole', async () => {
  const pages = ['a.txt', 'b.txt', 'c.txt']
  const lister = createServer((request, response) => {
    const token = Number(new URL(request.url!, 'http://x').searchParams.get('continuation-token') ?? 0)
    const rest =
      token < 2 ? `<IsTruncated>true</IsTruncated><NextContinuationToken>${token + 1}</NextContinuationToken>` : ''
    response.setHeader('Content-Type', 'application/xml')
    response.end(
      `<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${rest}` +
        `<Contents><Key>many/${pages[token]}</Key></Contents><CommonPrefixes><Prefix>many/${token}/</Prefix></CommonPrefixes></ListBucketResult>`,
    )
  })
  await new Promise<void>((resolve) => lister.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(lister.address() as AddressInfo).port}`
  expect(await storage({ endpoint }).listdir('many')).toEqual({ folders: ['0', '1', '2'], files: pages })
  lister.closeAllConnections()
  lister.close()
})

test('what a browser could run is stored as what it only offers for saving', async () => {
  const head = async (name: string): Promise<(string | null)[]> => {
    const stored = await storage({ parameters: () => ({ CacheControl: 'max-age=60' }) }).save(
      name,
      new ContentFile('x', 'x', { contentType: 'text/html' }),
    )
    const { headers } = await fetch(await storage().presignedUrl(stored))
    return ['content-type', 'content-disposition', 'cache-control'].map((header) => headers.get(header))
  }
  expect(await head('page.html')).toEqual(['application/octet-stream', 'attachment', 'max-age=60'])
  expect(await head('a.svg')).toEqual(['application/octet-stream', 'attachment', 'max-age=60'])
  expect(await head('a.png')).toEqual(['image/png', null, 'max-age=60'])
})

describe('URLs', () => {
  const options = { bucket: 'site', credentials: { accessKeyId: 'id', secretAccessKey: 'secret' } }
  test.each([
    [{}, 'https://site.s3.us-east-1.amazonaws.com/a/%C3%A9%20b.png'],
    [{ region: 'eu-central-1', prefix: 'media' }, 'https://site.s3.eu-central-1.amazonaws.com/media/a/%C3%A9%20b.png'],
    [{ endpoint: 'https://minio.example.com:9000/' }, 'https://minio.example.com:9000/site/a/%C3%A9%20b.png'],
    [{ endpoint: 'https://s3.example.com', forcePathStyle: false }, 'https://site.s3.example.com/a/%C3%A9%20b.png'],
    [{ baseUrl: 'https://cdn.example.com/', prefix: 'media' }, 'https://cdn.example.com/a/%C3%A9%20b.png'],
  ])('%j', (more, expected) => {
    expect(new S3Storage({ region: 'us-east-1', ...options, ...more }).url('a/é b.png')).toBe(expected)
  })

  test('are signed as Amazon documents it', () => {
    // The example of "Authenticating Requests: Using Query Parameters" in the S3 API reference.
    const url = presign({
      method: 'GET',
      url: new URL('https://examplebucket.s3.amazonaws.com/test.txt'),
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
      expiresIn: 86_400,
      now: Temporal.Instant.from('2013-05-24T00:00:00Z'),
    })
    expect(new URL(url).searchParams.get('X-Amz-Signature')).toBe(
      'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    )
  })

  test('that are signed open what is not public, for a while', async () => {
    const name = await storage().save('private/é (1).txt', new ContentFile('secret', 'x'))
    expect(await (await fetch(await storage().presignedUrl(name))).text()).toBe('secret')
    expect(await (await fetch(storage({ urlExpiresIn: 60 }).url(name))).text()).toBe('secret')
    const response = await fetch(await storage().presignedUrl(name, { downloadAs: 'é.txt' }))
    expect(response.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''%C3%A9.txt")
    const query = new URL(await storage().presignedUrl(name, { expiresIn: 60 })).searchParams
    expect(query.get('X-Amz-Expires')).toBe('60')
    expect(query.get('X-Amz-Credential')).toMatch(/^S3RVER\/\d{8}\/us-east-1\/s3\/aws4_request$/)
  })

  test('that are signed for PUT take a file from a browser', async () => {
    const url = await storage().presignedUrl('direct.txt', { method: 'PUT' })
    expect((await fetch(url, { method: 'PUT', body: 'direct' })).status).toBe(200)
    expect(await storage().size('direct.txt')).toBe(6)
  })
})

describe('what goes wrong is said plainly', () => {
  const failure = async (options: object): Promise<StorageError> => {
    const broken = storage({ client: { maxAttempts: 1 }, ...options })
    const error = await broken.save('a.txt', new ContentFile('x', 'x')).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(StorageError)
    expect(error).not.toBeInstanceOf(FileNotFound)
    return error as StorageError
  }

  test('a bucket that is not there', async () => {
    expect((await failure({ bucket: 'no-such-bucket' })).message).toBe(
      "'a.txt' was not saved: there is no such bucket (NoSuchBucket).",
    )
  })

  test('keys that the server does not know', async () => {
    const error = await failure({ credentials: { accessKeyId: 'nobody', secretAccessKey: 'x' } })
    expect(error.message).toMatch(/the server refuses it/)
    expect(error.hint).toMatch(/credentials/)
  })

  test('a server that cannot be reached', async () => {
    const closed = createServer()
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
    const { port } = closed.address() as AddressInfo
    await new Promise((resolve) => closed.close(resolve))
    const endpoint = `http://127.0.0.1:${port}`
    expect((await failure({ endpoint })).message).toContain(
      `the server of 'media' at ${endpoint} cannot be reached (ECONNREFUSED)`,
    )
  })

  test('a server that does not know conditions is asked without', async () => {
    const plain = await startS3()
    const proxy = createServer(async (request, response) => {
      if (request.headers['if-none-match'] !== undefined) {
        request.resume()
        response.writeHead(501, { 'Content-Type': 'application/xml' })
        response.end('<Error><Code>NotImplemented</Code><Message>A header is not implemented</Message></Error>')
        return
      }
      const body = Buffer.concat(await Array.fromAsync(request))
      const headers = Object.fromEntries(
        Object.entries(request.headers).filter(([name]) => name !== 'connection'),
      ) as Record<string, string>
      const answer = await fetch(plain.options.endpoint + request.url, {
        method: request.method!,
        headers,
        ...(body.length > 0 ? { body } : {}),
      })
      response.writeHead(
        answer.status,
        Object.fromEntries([...answer.headers].filter(([name]) => name !== 'content-encoding')),
      )
      response.end(request.method === 'HEAD' ? undefined : Buffer.from(await answer.arrayBuffer()))
    })
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    const endpoint = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
    expect(await storage({ endpoint }).save('a.txt', new ContentFile('x', 'x'))).toBe('a.txt')
    proxy.closeAllConnections()
    proxy.close()
    await plain.close()
  })

  test('no credentials at hand', () => {
    const { AWS_ACCESS_KEY_ID: before } = process.env
    delete process.env['AWS_ACCESS_KEY_ID']
    expect(() => new S3Storage({ bucket: 'site', urlExpiresIn: 60 }).url('a.png')).toThrow(/no credentials at hand/)
    if (before !== undefined) process.env['AWS_ACCESS_KEY_ID'] = before
  })
})
