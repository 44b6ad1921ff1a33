import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { S3StorageOptions } from '../src/index.ts'

interface S3rver {
  readonly store: { existsObject(bucket: string, key: string): Promise<boolean> }
  configureBuckets(): Promise<unknown>
  callback(): RequestListener
}
const S3rver = createRequire(import.meta.url)('s3rver') as new (options: object) => S3rver

export interface TestS3 {
  /** For a storage in the bucket `media` of this server. */
  readonly options: S3StorageOptions & { readonly endpoint: string }
  /** `PUT /media/a.txt` and the like, as far as they were begun. */
  readonly requests: string[]
  /** Bytes of the largest body of a request. */
  readonly largestBody: () => number
  close(): Promise<void>
}

/**
 * An S3 server in this process, with its objects in a folder of its own. It stores over what is there, as many do; one that
 * `isConditional` keeps `If-None-Match: *`, as Amazon's does, which is not in s3rver.
 */
export async function startS3({ isConditional = false } = {}): Promise<TestS3> {
  const directory = mkdtempSync(join(tmpdir(), 'nuages-s3-'))
  const s3 = new S3rver({ directory, silent: true, configureBuckets: [{ name: 'media', configs: [] }] })
  await s3.configureBuckets()
  const handle = s3.callback()
  const requests: string[] = []
  let largest = 0
  const turns = new Map<string, Promise<void>>()

  async function onlyWhereNone(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const key = decodeURIComponent(request.url!.split('?')[0]!).slice('/media/'.length)
    const before = turns.get(key)
    const { promise, resolve } = Promise.withResolvers<void>()
    turns.set(key, promise)
    response.on('close', resolve)
    await before
    if (!(await s3.store.existsObject('media', key))) return handle(request, response) as undefined
    request.resume()
    response.writeHead(412, { 'Content-Type': 'application/xml' })
    response.end(
      '<Error><Code>PreconditionFailed</Code><Message>At least one of the preconditions did not hold</Message></Error>',
    )
  }

  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    largest = Math.max(largest, Number(request.headers['content-length'] ?? 0))
    if (isConditional && request.headers['if-none-match'] === '*') void onlyWhereNone(request, response)
    else handle(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    options: {
      bucket: 'media',
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    },
    requests,
    largestBody: () => largest,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      rmSync(directory, { recursive: true })
    },
  }
}
