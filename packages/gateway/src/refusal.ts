import { STATUS_CODES } from './node-http.ts'

/** What a client reads when the server answers in the application's place. */
export function refusalBody(status: number, reason: string): string {
  return `${status} ${STATUS_CODES[status]}: ${reason}\n`
}

/** The headers of such an answer, names and values in turn: it is the last one of its connection. */
export function refusalFields(body: string): string[] {
  const length = String(Buffer.byteLength(body))
  return ['Content-Type', 'text/plain; charset=utf-8', 'Content-Length', length, 'Connection', 'close']
}

/** The whole answer as it goes over the wire, for bytes that did not become a request. */
export function refusalMessage(status: number, reason: string): string {
  const body = refusalBody(status, reason)
  const fields = [...refusalFields(body), 'Date', new Date().toUTCString()]
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n`
  for (let i = 0; i < fields.length; i += 2) head += `${fields[i]}: ${fields[i + 1]}\r\n`
  return `${head}\r\n${body}`
}
