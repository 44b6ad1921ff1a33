import type { Environ } from '../contract.ts'
import { GatewayContractError } from '../errors.ts'

const required = [
  'REQUEST_METHOD',
  'SCRIPT_NAME',
  'PATH_INFO',
  'QUERY_STRING',
  'SERVER_NAME',
  'SERVER_PORT',
  'SERVER_PROTOCOL',
] as const
const optional = ['REQUEST_URI', 'CONTENT_TYPE', 'CONTENT_LENGTH', 'REMOTE_ADDR', 'REMOTE_PORT', 'HTTP_HOST'] as const

function demand(condition: boolean, rule: string, got: unknown): asserts condition {
  if (condition) return
  throw new GatewayContractError(
    'server',
    `${rule}; got ${typeof got === 'string' ? JSON.stringify(got) : String(got)}.`,
  )
}

/** Throws `GatewayContractError` unless the environ is one that a server may hand to an application. */
export function checkEnviron(environ: Environ): void {
  demand(typeof environ === 'object' && environ !== null, 'environ must be an object', environ)
  for (const name of required) demand(typeof environ[name] === 'string', `${name} must be a string`, environ[name])
  for (const name of optional) {
    demand(
      ['string', 'undefined'].includes(typeof environ[name]),
      `${name} must be a string or left out`,
      environ[name],
    )
  }
  checkNames(environ)
  checkGatewayNames(environ)
}

function checkNames(environ: Environ): void {
  const { REQUEST_METHOD, SCRIPT_NAME, PATH_INFO, QUERY_STRING, SERVER_NAME, SERVER_PORT, SERVER_PROTOCOL } = environ
  demand(/^[!#$%&'*+.^_`|~\w-]+$/.test(REQUEST_METHOD), 'REQUEST_METHOD must be a token', REQUEST_METHOD)
  demand(
    /^(?:\/.*[^/])?$/s.test(SCRIPT_NAME),
    "SCRIPT_NAME must be '' or start with '/' and not end with one",
    SCRIPT_NAME,
  )
  demand(PATH_INFO === '' || PATH_INFO.startsWith('/'), "PATH_INFO must be '' or start with '/'", PATH_INFO)
  demand(SCRIPT_NAME !== '' || PATH_INFO !== '', "PATH_INFO must be '/' where SCRIPT_NAME is ''", PATH_INFO)
  demand(!QUERY_STRING.startsWith('?'), "QUERY_STRING must come without its '?'", QUERY_STRING)
  demand(SERVER_NAME !== '', 'SERVER_NAME must not be empty', SERVER_NAME)
  demand(/^\d+$/.test(SERVER_PORT), 'SERVER_PORT must be a number', SERVER_PORT)
  demand(/^HTTP\/\d(?:\.\d)?$/.test(SERVER_PROTOCOL), "SERVER_PROTOCOL must look like 'HTTP/1.1'", SERVER_PROTOCOL)
  demand(/^\d*$/.test(environ.CONTENT_LENGTH ?? ''), 'CONTENT_LENGTH must be a number', environ.CONTENT_LENGTH)
  for (const name of ['HTTP_CONTENT_TYPE', 'HTTP_CONTENT_LENGTH'] as const) {
    demand(environ[name] === undefined, `${name} must be left out: its name is without HTTP_`, environ[name])
  }
}

function checkGatewayNames(environ: Environ): void {
  const version = environ['gateway.version']
  const scheme = environ['gateway.urlScheme']
  const input = environ['gateway.input']
  demand(Array.isArray(version) && version.length === 2, "'gateway.version' must be a pair of numbers", version)
  demand(scheme === 'http' || scheme === 'https', "'gateway.urlScheme' must be 'http' or 'https'", scheme)
  demand(typeof input?.[Symbol.asyncIterator] === 'function', "'gateway.input' must be an async iterable", input)
  demand(
    typeof environ['gateway.errors']?.write === 'function',
    "'gateway.errors' must have a write()",
    environ['gateway.errors'],
  )
  demand(
    environ['gateway.signal'] instanceof AbortSignal,
    "'gateway.signal' must be an AbortSignal",
    environ['gateway.signal'],
  )
  for (const name of ['gateway.multiprocess', 'gateway.runOnce'] as const) {
    demand(typeof environ[name] === 'boolean', `'${name}' must be a boolean`, environ[name])
  }
}
