import { chmodSync, lstatSync, unlinkSync } from 'node:fs'
import { connect, type ListenOptions, type Server as NetServer } from 'node:net'
import { ListenError } from '../errors.ts'

/** Where a server listens; `listener: false` for one that only gets sockets handed in (`Server.accept`). */
export type ListenTarget =
  | { readonly host?: string; readonly port?: number }
  /** `mode` are the permissions of the socket file, such as `0o660` for a proxy in the same group. */
  | { readonly socketPath: string; readonly mode?: number }
  | { readonly listener: false }

const defaultHost = '127.0.0.1'
const defaultPort = 8000

/** Binds the server. Throws `ListenError` where the address is taken, not allowed or not there. */
export async function listen(server: NetServer, target: Exclude<ListenTarget, { listener: false }>): Promise<void> {
  if ('socketPath' in target) {
    await removeStaleSocket(target.socketPath)
    await bind(server, { path: target.socketPath }, target.socketPath)
    if (target.mode !== undefined) chmodSync(target.socketPath, target.mode)
  } else {
    const { host = defaultHost, port = defaultPort } = target
    await bind(server, { host, port }, `${host}:${port}`)
  }
}

function bind(server: NetServer, options: ListenOptions, where: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => reject(listenError(error, where))
    server.once('error', onError)
    server.listen({ backlog: 1024, ...options }, () => {
      server.off('error', onError)
      resolve()
    })
  })
}

const reasons: Record<string, string> = {
  EADDRINUSE: 'another program listens there. Stop it, or choose another port',
  EACCES: 'this user may not. Choose a port from 1024 on, or a folder that may be written',
  EADDRNOTAVAIL: 'this machine has no such address. Use 127.0.0.1, or 0.0.0.0 for every address',
  ENOENT: 'the folder does not exist. Create it first',
}

function listenError(error: NodeJS.ErrnoException, where: string): ListenError {
  const reason = reasons[error.code ?? ''] ?? error.message
  return new ListenError(`Cannot listen on ${where}: ${reason}.`, { cause: error })
}

/** A server that was killed leaves its socket file behind, and nobody can listen there until it is gone. */
async function removeStaleSocket(path: string): Promise<void> {
  const file = lstatSync(path, { throwIfNoEntry: false })
  if (file === undefined) return
  if (!file.isSocket()) throw new ListenError(`Cannot listen on ${path}: it exists and is not a socket. Move it away.`)
  if (await isAlive(path)) {
    throw new ListenError(`Cannot listen on ${path}: another program listens there. Stop it, or choose another path.`)
  }
  unlinkSync(path)
}

function isAlive(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'ECONNREFUSED'))
  })
}
