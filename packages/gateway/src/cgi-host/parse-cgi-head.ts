import type { HeaderList } from '../contract.ts'
import { isHopByHop } from '../hop-by-hop.ts'
import { STATUS_CODES } from '../node-http.ts'
import { CgiProgramError } from './cgi-program-error.ts'

/** What a program says before its content (RFC 3875 §6). */
export type CgiHead =
  | { readonly kind: 'document'; readonly status: string; readonly headers: HeaderList }
  /** The server is to answer as if this path had been asked for. */
  | { readonly kind: 'localRedirect'; readonly location: string }

/** In bytes. */
const longestHead = 64 * 1024
const field = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/s
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const control = /[\0-\x08\x0a-\x1f\x7f]/

/**
 * Reads the head of a program's output, whose lines may end with a carriage return or without. `undefined` where it is not
 * complete yet. Throws `CgiProgramError` for what is no head.
 */
export function parseCgiHead(output: Buffer): { readonly head: CgiHead; readonly rest: Buffer } | undefined {
  const fields: [name: string, value: string][] = []
  for (let start = 0; ; ) {
    const end = output.indexOf(0x0a, start)
    if (end === -1 || end >= longestHead) {
      if (output.length <= longestHead && end === -1) return undefined
      throw new CgiProgramError(`its header is longer than ${longestHead} bytes, or it sent none`)
    }
    const line = output.toString('latin1', start, end).replace(/\r$/, '')
    start = end + 1
    if (line === '') return { head: headOf(fields), rest: output.subarray(start) }
    const match = field.exec(line)
    if (match === null || control.test(match[2]!)) {
      throw new CgiProgramError(`it sent ${JSON.stringify(line.slice(0, 80))} where a header is expected`)
    }
    fields.push([match[1]!, match[2]!])
  }
}

function headOf(fields: readonly (readonly [string, string])[]): CgiHead {
  const onlyValue = (wanted: string): string | undefined => {
    const values = fields.filter(([name]) => name.toLowerCase() === wanted)
    if (values.length > 1) throw new CgiProgramError(`it sent the header ${wanted} ${values.length} times`)
    return values[0]?.[1]
  }
  const [status, location, type] = [onlyValue('status'), onlyValue('location'), onlyValue('content-type')]
  if (status === undefined && location === undefined && type === undefined) {
    throw new CgiProgramError('it sent neither Content-Type nor Location nor Status')
  }
  if (location !== undefined && status === undefined && fields.length === 1 && /^\/(?!\/)/.test(location)) {
    return { kind: 'localRedirect', location }
  }
  const headers = fields.filter(([name]) => name.toLowerCase() !== 'status' && !isHopByHop(name))
  return { kind: 'document', status: statusLine(status ?? (location === undefined ? '200' : '302')), headers }
}

function statusLine(value: string): string {
  const [, code, reason] = /^([2-5]\d\d)(?:[ \t]+(.*))?$/.exec(value) ?? []
  if (code === undefined) throw new CgiProgramError(`it sent the status ${JSON.stringify(value.slice(0, 80))}`)
  return `${code} ${reason ?? STATUS_CODES[code] ?? ''}`
}
