import type { Body, HeaderList } from '@nuages/gateway'
import type { HttpResponse } from '../src/index.ts'

/** A response as a server would send it. */
export interface Sent {
  readonly status: string
  readonly headers: HeaderList
  readonly bytes: Buffer
  header(name: string): string | undefined
}

/** Sends a response as a server would, and collects what goes out. */
export async function send(response: HttpResponse): Promise<Sent> {
  let start: { status: string; headers: HeaderList } | undefined
  const body = response.send((status, headers) => {
    start = { status, headers }
  })
  const bytes = await collect(body)
  const { status, headers } = start!
  return {
    status,
    headers,
    bytes,
    header: (name) => headers.find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1],
  }
}

async function collect(body: Body): Promise<Buffer> {
  if (typeof body === 'string' || body instanceof Uint8Array) return Buffer.from(body)
  const chunks: Buffer[] = []
  for await (const chunk of body) chunks.push(Buffer.from(chunk as string))
  return Buffer.concat(chunks)
}
