import { UsageError } from '../errors.ts'

export interface Address {
  readonly host: string
  readonly port: number
}

/**
 * Where a server listens, from `8000`, `0.0.0.0:8000`, `[::1]:8000` or `localhost`; what is left out comes from the
 * environment's HOST and PORT, else 127.0.0.1 and 8000.
 * @throws UsageError for a port that is no number from 0 to 65535
 */
export function parseAddress(text: string | undefined, environment: NodeJS.ProcessEnv = process.env): Address {
  const match = /^(?:(?<host>\[[^\]]+\]|[^:]*):)?(?<port>[^:]*)$/.exec(text ?? '')
  if (!match?.groups)
    throw new UsageError(`'${text}' is no address. Use a port, or host:port, such as 0.0.0.0:8000 or [::1]:8000.`)
  let { host, port } = match.groups as { host?: string; port: string }
  if (host === undefined && !/^\d*$/.test(port) && /^[a-z0-9]/i.test(port)) [host, port] = [port, '']
  const chosen = port || environment['PORT'] || '8000'
  const number = Number(chosen)
  if (!/^\d+$/.test(chosen) || number > 65_535)
    throw new UsageError(`'${chosen}' is no port. Use a number from 0 to 65535.`)
  return { host: host?.replace(/^\[|\]$/g, '') || environment['HOST'] || '127.0.0.1', port: number }
}

/** The address as a browser takes it. */
export function urlOf({ host, port }: Address): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}/`
}
