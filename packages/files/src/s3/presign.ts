import { createHmac, hash } from 'node:crypto'
import type { S3Credentials } from './s3-storage-options.ts'

export interface PresignInput {
  readonly method: 'GET' | 'PUT'
  readonly url: URL
  readonly region: string
  readonly credentials: S3Credentials
  /** Seconds. */
  readonly expiresIn: number
  /** More parameters of the query, which are signed with it. */
  readonly query?: Readonly<Record<string, string>>
  readonly now: Temporal.Instant
}

const algorithm = 'AWS4-HMAC-SHA256'

/** A URL that is signed for one request by whoever has it: AWS Signature Version 4 in the query. */
export function presign({ method, url, region, credentials, expiresIn, query, now }: PresignInput): string {
  const time = now.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')
  const scope = `${time.slice(0, 8)}/${region}/s3/aws4_request`
  const parameters: Record<string, string> = {
    ...query,
    'X-Amz-Algorithm': algorithm,
    'X-Amz-Credential': `${credentials.accessKeyId}/${scope}`,
    'X-Amz-Date': time,
    'X-Amz-Expires': String(expiresIn),
    'X-Amz-SignedHeaders': 'host',
    ...(credentials.sessionToken === undefined ? {} : { 'X-Amz-Security-Token': credentials.sessionToken }),
  }
  const canonicalQuery = Object.entries(parameters)
    .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
    .sort()
    .join('&')
  const path = url.pathname
    .split('/')
    .map((part) => escaped(decodeURIComponent(part)))
    .join('/')
  const canonical = [method, path, canonicalQuery, `host:${url.host}`, '', 'host', 'UNSIGNED-PAYLOAD'].join('\n')
  const toSign = [algorithm, time, scope, hash('sha256', canonical)].join('\n')
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${credentials.secretAccessKey}`)
  return `${url.origin}${path}?${canonicalQuery}&X-Amz-Signature=${hmac(key, toSign).toString('hex')}`
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest()
}

/** RFC 3986, which escapes more than `encodeURIComponent`. */
function escaped(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}
