import type { Environ } from '../contract.ts'
import { metaVariables } from '../meta-variables.ts'
import { decodePath } from '../request-target.ts'

/** The environment of a process, as node gives it. */
export type CgiEnvironment = Readonly<Record<string, string | undefined>>

const defaults: Readonly<Record<string, string>> = {
  QUERY_STRING: '',
  SERVER_NAME: 'localhost',
  SERVER_PORT: '80',
  SERVER_PROTOCOL: 'HTTP/1.0',
}

/**
 * The environ of the one request of a CGI program, but for the names under `gateway.`; `undefined` where its path cannot be
 * decoded. `scriptName` is where the site is to its visitors, if the server has rewritten their paths to reach the program.
 */
export function cgiEnviron(environment: CgiEnvironment, scriptName: string | undefined): Partial<Environ> | undefined {
  const path = pathOf(environment, scriptName)
  if (path === undefined) return undefined
  const environ: Record<string, string | undefined> = {
    REQUEST_METHOD: environment['REQUEST_METHOD'] || 'GET',
    ...path,
  }
  for (const name of metaVariables) environ[name] = environment[name] || defaults[name]
  for (const [name, value] of Object.entries(environment)) if (isHeader(name)) environ[name] = value
  return environ as Partial<Environ>
}

/** `HTTP_PROXY` never is: programs take it for the proxy that the operator has set (CVE-2016-5385). */
function isHeader(name: string): name is `HTTP_${string}` {
  return /^HTTP_[A-Z0-9_]+$/.test(name) && name !== 'HTTP_PROXY' && !/^HTTP_CONTENT_(?:TYPE|LENGTH)$/.test(name)
}

function pathOf(
  environment: CgiEnvironment,
  scriptName: string | undefined,
): { SCRIPT_NAME: string; PATH_INFO: string } | undefined {
  const { REQUEST_URI: uri } = environment
  // Node has put U+FFFD for bytes that are not UTF-8, so the path is looked at as it was sent.
  const asked = uri?.startsWith('/') ? decodePath(uri.replace(/[?#].*$/s, '')) : undefined
  if (uri?.startsWith('/') && asked === undefined) return undefined
  if (scriptName !== undefined) {
    const whole = asked ?? `${environment['SCRIPT_NAME'] ?? ''}${environment['PATH_INFO'] ?? ''}`
    const isBelow = whole === scriptName || whole.startsWith(`${scriptName}/`)
    return {
      SCRIPT_NAME: isBelow ? scriptName : '',
      PATH_INFO: completed(isBelow ? whole.slice(scriptName.length) : whole, isBelow ? scriptName : ''),
    }
  }
  const mount = (environment['SCRIPT_NAME'] ?? '').replace(/\/+$/, '')
  const rest = environment['PATH_INFO'] ?? ''
  if (rest.includes('\ufffd') && !asked?.includes('\ufffd')) return undefined
  return { SCRIPT_NAME: mount, PATH_INFO: completed(rest, mount) }
}

/** A path below a mount may be empty; one below nothing is the root. */
function completed(path: string, mount: string): string {
  return path === '' && mount === '' ? '/' : path
}
