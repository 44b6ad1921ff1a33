import type { HeaderList } from '../contract.ts'
import { GatewayContractError } from '../errors.ts'
import { isHopByHop } from '../hop-by-hop.ts'

const token = /^[!#$%&'*+.^_`|~\w-]+$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
const controls = /[\x00-\x08\x0a-\x1f\x7f]/

function demand(condition: boolean, rule: string, got: unknown): asserts condition {
  if (condition) return
  const shown = typeof got === 'string' ? JSON.stringify(got) : Array.isArray(got) ? JSON.stringify(got) : String(got)
  throw new GatewayContractError('application', `${rule}; got ${shown}.`)
}

/** Throws `GatewayContractError` unless these may be given to `startResponse`. */
export function checkStart(status: unknown, headers: unknown): asserts headers is HeaderList {
  demand(typeof status === 'string', "the status must be a string such as '200 OK'", status)
  demand(
    /^[2-9]\d\d /.test(status) && !controls.test(status),
    "the status must be a code from 200 on and a reason: '200 OK'",
    status,
  )
  demand(Array.isArray(headers), 'the headers must be a list of [name, value]', headers)
  for (const header of headers as readonly unknown[]) checkHeader(header)
  const names = (headers as HeaderList).map(([name]) => name.toLowerCase())
  const lengths = names.filter((name) => name === 'content-length')
  demand(lengths.length <= 1, 'Content-Length must stand there once at most', lengths.length)
  if (status.startsWith('204')) demand(lengths.length === 0, 'a 204 has no Content-Length', status)
}

function checkHeader(header: unknown): void {
  demand(Array.isArray(header) && header.length === 2, 'a header must be [name, value]', header)
  const [name, value] = header as [unknown, unknown]
  demand(typeof name === 'string' && token.test(name), 'the name of a header must be a token', name)
  demand(typeof value === 'string', `the value of '${name}' must be a string`, value)
  demand(!controls.test(value), `the value of '${name}' must hold no line break or other control character`, value)
  demand(!/[^\0-\xff]/.test(value), `the value of '${name}' must hold no character above U+00FF: encode it`, value)
  demand(!isHopByHop(name), 'hop-by-hop headers are the server’s to send', name)
  demand(name.toLowerCase() !== 'status', 'the status is the first argument, not a header', name)
  if (name.toLowerCase() === 'content-length') demand(/^\d+$/.test(value), 'Content-Length must be a number', value)
}
