import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { lingerBeforeDestroy } from './linger.ts'

/** Answers a request that never reaches the application, and closes the connection after it. */
export function refuse(response: ServerResponse, status: number, reason: string): void {
  const body = `${status} ${STATUS_CODES[status]}: ${reason}\n`
  lingerBeforeDestroy(response.req.socket)
  response.writeHead(status, [
    'Content-Type',
    'text/plain; charset=utf-8',
    'Content-Length',
    String(Buffer.byteLength(body)),
    'Connection',
    'close',
  ])
  response.end(body)
}

/** The same for bytes that did not become a request. */
export function refuseOnSocket(socket: Socket, status: number, reason: string): void {
  const body = `${status} ${STATUS_CODES[status]}: ${reason}\n`
  lingerBeforeDestroy(socket)
  socket.write(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: text/plain; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nDate: ${new Date().toUTCString()}\r\nConnection: close\r\n\r\n${body}`,
  )
  socket.destroySoon()
}
