import { join } from 'node:path'
import type { Environ } from '../contract.ts'
import { isHopByHop } from '../hop-by-hop.ts'
import { metaVariables } from '../meta-variables.ts'
import { toPlainEnviron } from '../to-plain-environ.ts'
import type { CompleteCgiHostOptions } from './cgi-host-options.ts'
import type { FoundProgram } from './find-program.ts'

/** What a program needs of the server's own environment to run at all. The rest may be secret. */
const inherited = [
  'PATH',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'COMSPEC',
  'PATHEXT',
  'WINDIR',
]

/**
 * Headers that no program gets: passwords and tokens, which any user of the machine can read in the environment of a process
 * (RFC 3875 §4.1.18), and `Proxy`, which programs take for the setting `HTTP_PROXY` (CVE-2016-5385).
 */
const withheld = new Set(['HTTP_AUTHORIZATION', 'HTTP_PROXY', 'HTTP_PROXY_AUTHORIZATION'])

/** The environment of a program: the meta-variables of RFC 3875 §4.1, and little else. */
export function cgiEnvironment(
  environ: Environ,
  program: FoundProgram,
  { documentRoot, environment }: CompleteCgiHostOptions,
): Record<string, string> {
  const result: Record<string, string> = {}
  for (const name of inherited) if (process.env[name] !== undefined) result[name] = process.env[name]
  Object.assign(result, environment)
  for (const [name, value] of Object.entries(toPlainEnviron(environ))) {
    const isHeader = /^HTTP_[A-Z0-9_]+$/.test(name) && !withheld.has(name)
    if (isHeader && !isHopByHop(name.slice(5).replaceAll('_', '-'))) result[name] = String(value)
  }
  for (const name of ['REQUEST_METHOD', ...metaVariables] as const)
    if (environ[name] !== undefined) result[name] = environ[name]
  if (documentRoot !== undefined) {
    result['DOCUMENT_ROOT'] = documentRoot
    if (program.pathInfo !== '') result['PATH_TRANSLATED'] = join(documentRoot, program.pathInfo)
  }
  if (environ['gateway.urlScheme'] === 'https') result['HTTPS'] = 'on'
  return {
    ...result,
    GATEWAY_INTERFACE: 'CGI/1.1',
    SERVER_SOFTWARE: 'Nuages',
    SCRIPT_NAME: environ.SCRIPT_NAME + program.path,
    SCRIPT_FILENAME: program.file,
    PATH_INFO: program.pathInfo,
    REQUEST_SCHEME: environ['gateway.urlScheme'],
    // php-cgi runs for nobody who does not say that a server called it.
    REDIRECT_STATUS: '200',
  }
}
