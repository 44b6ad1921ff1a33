import type { HeaderList } from './contract.ts'
import { GatewayContractError } from './errors.ts'
import { isHopByHop } from './hop-by-hop.ts'

const statusLine = /^([2-9]\d\d) ([\t\x20-\x7e\x80-\xff]*)$/
const knownStatuses = new Map<string, { readonly code: number; readonly reason: string }>()
const remembered = 256

function parseStatus(status: string): { readonly code: number; readonly reason: string } {
  const known = knownStatuses.get(status)
  if (known) return known
  const match = typeof status === 'string' ? statusLine.exec(status) : null
  if (!match) {
    throw new GatewayContractError(
      'application',
      `startResponse got the status ${JSON.stringify(status)}. Give a code from 200 on and a reason: '200 OK'.`,
    )
  }
  const parsed = { code: Number(match[1]), reason: match[2]! }
  if (knownStatuses.size < remembered) knownStatuses.set(status, parsed)
  return parsed
}

/** What `startResponse` was told, checked and in the form node takes. */
export class ResponseHead {
  readonly code: number
  readonly reason: string
  /** Names and values in turn. */
  readonly fields: string[] = []
  /** The Content-Length that the application gave. */
  readonly contentLength: number | undefined

  constructor(status: string, headers: HeaderList) {
    const { code, reason } = parseStatus(status)
    this.code = code
    this.reason = reason
    let contentLength: number | undefined
    for (const [name, value] of headers) {
      if (name.length === 14 && name.toLowerCase() === 'content-length') {
        if (contentLength !== undefined || !/^\d+$/.test(value)) throw wrongLength(value)
        contentLength = Number(value)
        // RFC 9110 §8.6: a 204 has no length, and a client may take one for a body.
        if (code === 204) continue
      } else if (isHopByHop(name)) {
        throw new GatewayContractError(
          'application',
          `startResponse got the hop-by-hop header '${name}', which is the server's to send. Leave it out.`,
        )
      }
      this.fields.push(name, value)
    }
    this.contentLength = contentLength
  }

  /** Throws unless a body of `size` bytes keeps to the length that the application gave. */
  expectSize(size: number): void {
    if (this.contentLength !== undefined && this.contentLength !== size) throw wrongSize(this.contentLength, size)
  }

  /** Throws where so many bytes are more than the application has said. */
  expectAtMost(size: number): void {
    if (this.contentLength !== undefined && this.contentLength < size) throw wrongSize(this.contentLength, size)
  }

  /** Whether a response with this status has no body, whatever the method. */
  get isBodiless(): boolean {
    return this.code === 204 || this.code === 304
  }
}

function wrongLength(value: string): GatewayContractError {
  return new GatewayContractError(
    'application',
    `startResponse got the Content-Length ${JSON.stringify(value)}. Give one number, once, or leave it to the server.`,
  )
}

function wrongSize(length: number, size: number): GatewayContractError {
  return new GatewayContractError(
    'application',
    `its Content-Length is ${length} and its body has ${size} bytes${size > length ? ' or more' : ''}. Leave Content-Length to the server, or count bytes, not characters.`,
  )
}
