import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

interface Where {
  readonly host: string
  readonly port: number
}

function open({ host, port }: Where): Socket {
  const socket = connect(port, host)
  socket.on('error', () => undefined)
  return socket
}

/** Sends a request a few bytes at a time, then takes the answer as slowly. */
export async function slowClient(where: Where, path: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const socket = open(where)
    const request = `GET ${path} HTTP/1.1\r\nHost: ${where.host}:${where.port}\r\nConnection: close\r\n\r\n`
    for (let at = 0; at < request.length && !signal.aborted; at += 8) {
      socket.write(request.slice(at, at + 8))
      await sleep(20)
    }
    for (let reads = 0; reads < 50 && !socket.readableEnded && !signal.aborted; reads += 1) {
      socket.pause()
      await sleep(20)
      socket.read(512)
    }
    socket.destroy()
  }
}

/** Asks, and leaves before or in the middle of the answer; sometimes in the middle of its own body. */
export async function abortingClient(where: Where, path: string, signal: AbortSignal): Promise<void> {
  for (let turn = 0; !signal.aborted; turn += 1) {
    const socket = open(where)
    if (turn % 3 === 0)
      socket.write(`POST ${path} HTTP/1.1\r\nHost: ${where.host}:${where.port}\r\nContent-Length: 100000\r\n\r\nhalf`)
    else socket.write(`GET ${path} HTTP/1.1\r\nHost: ${where.host}:${where.port}\r\n\r\n`)
    if (turn % 3 === 1) await new Promise((resolve) => socket.once('data', resolve).once('close', resolve))
    else await sleep(5)
    socket.resetAndDestroy()
    await sleep(20)
  }
}
