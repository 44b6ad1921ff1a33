import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CommandError } from '@nuages/core'
import { ListenError, serve } from '@nuages/gateway'
import { directoryApplication } from '../httpserver/directory-application.ts'
import { builtIn } from '../program/built-in.ts'
import { parseAddress, urlOf } from '../runserver/address.ts'
import { logRequests } from '../runserver/log-requests.ts'
import { untilSignalled } from '../runserver/until-signalled.ts'

const stopTimeoutMs = 2_000

/** Serves the files of a folder, and lists them. It needs no project, and loads none. The role of Python's `http.server`. */
export const httpserver = builtIn({
  arguments: {
    address: {
      required: false,
      help: 'port, or host:port; by default HOST and PORT of the environment, else 127.0.0.1:8000',
    },
  },
  options: {
    directory: { type: 'string', short: 'd', help: 'the folder; by default the one you are in' },
    bind: { type: 'string', short: 'b', help: 'the address to listen on: 0.0.0.0 lets other machines in' },
    cgi: { type: 'boolean', help: 'run the programs in the folder cgi-bin' },
  },
  async run({ args, options, stdout, stderr }) {
    const root = resolve(options.directory ?? '.')
    requireFolder(root, `'${root}' is no folder`)
    if (options.cgi)
      requireFolder(
        join(root, 'cgi-bin'),
        `--cgi runs what is in '${join(root, 'cgi-bin')}', and there is no such folder`,
      )
    const stated = parseAddress(args.address)
    const address = options.bind === undefined ? stated : { ...stated, host: options.bind.replace(/^\[|\]$/g, '') }
    const application = directoryApplication({ root, cgi: options.cgi, allowedHosts: hostsOf(address.host) })
    const server = await serve(logRequests(application, stdout), address, { errors: stderr }).catch(
      (error: unknown) => {
        throw error instanceof ListenError ? new CommandError(error.message) : error
      },
    )
    const signalled = untilSignalled()
    const port = Number(new URL(server.url).port)
    stdout.write(
      `Serving ${root} at ${urlOf({ host: isEverywhere(address.host) ? 'localhost' : address.host, port })}. Stop with Control-C.\n`,
    )
    await signalled
    await server.close({ timeoutMs: stopTimeoutMs })
  },
})

function requireFolder(path: string, problem: string): void {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new CommandError(`${problem}.`)
}

/** A server that only this machine reaches has only this machine's names: no other site gets in under one of its own. */
function hostsOf(host: string): readonly string[] | undefined {
  const isLocal = host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
  return isLocal
    ? ['localhost', '.localhost', '[::1]', '127.0.0.1', host.includes(':') ? `[${host}]` : host]
    : undefined
}

function isEverywhere(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}
