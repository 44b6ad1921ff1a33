import { defaultRequestPolicy, HttpRequest, type RequestPolicy } from '../../src/index.ts'
import { makeEnviron } from '../environ.ts'

export type Input = Iterable<Uint8Array | string> | AsyncIterable<Uint8Array>

/** A part of a form as a browser sends it. */
export interface SentPart {
  readonly name: string
  readonly content: Uint8Array | string
  readonly fileName?: string
  readonly type?: string
}

/** The body of a form with these parts, its boundary `boundary`. */
export function multipartBody(parts: readonly SentPart[], boundary = 'x'): Buffer {
  const chunks: Uint8Array[] = []
  for (const { name, content, fileName, type = 'application/octet-stream' } of parts) {
    const file = fileName === undefined ? '' : `; filename="${fileName}"\r\nContent-Type: ${type}`
    chunks.push(Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`))
    chunks.push(Buffer.from(content as string), Buffer.from('\r\n'))
  }
  chunks.push(Buffer.from(`--${boundary}--\r\n`))
  return Buffer.concat(chunks)
}

/** A request that sends a form. */
export function postForm(input: Input, policy: Partial<RequestPolicy> = {}, boundary = 'x'): HttpRequest {
  const environ = makeEnviron(
    { REQUEST_METHOD: 'POST', CONTENT_TYPE: `multipart/form-data; boundary=${boundary}` },
    input,
  )
  return new HttpRequest(environ, { ...defaultRequestPolicy, ...policy })
}
