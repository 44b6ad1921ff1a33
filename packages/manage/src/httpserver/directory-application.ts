import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { type Application, type Body, cgiHost, type StartResponse, withEnviron } from '@nuages/gateway'
import {
  DisallowedHost,
  defaultRequestPolicy,
  HttpError,
  HttpRequest,
  HttpResponse,
  PermissionDenied,
} from '@nuages/http'
import { messagePage, pageHeaders, serveDirectory } from '@nuages/staticfiles'

export interface DirectoryApplicationOptions {
  /** The folder that is served, absolute. */
  readonly root: string
  /** Whether what is in its folder `cgi-bin` is run. */
  readonly cgi: boolean
  /** The host names that requests may be for; any if left out. */
  readonly allowedHosts?: readonly string[] | undefined
  /** How long a program may keep silent. */
  readonly cgiTimeoutMs?: number
}

const cgiPrefix = '/cgi-bin'

/** An application that serves a folder, and runs the programs in it where that was asked for. */
export function directoryApplication(options: DirectoryApplicationOptions): Application {
  const { root, cgi, allowedHosts } = options
  const policy = { ...defaultRequestPolicy, allowedHosts }
  const programs = join(root, cgiPrefix)
  const serve = serveDirectory({ root, except: cgi ? [realPath(programs)] : [] })
  const host = cgiHost({
    directory: programs,
    documentRoot: root,
    redirect: (environ, startResponse) => application(environ, startResponse),
    ...(options.cgiTimeoutMs === undefined ? {} : { timeoutMs: options.cgiTimeoutMs }),
  })

  const application: Application = async (environ, startResponse) => {
    const request = new HttpRequest(environ, policy)
    const path = environ.PATH_INFO
    try {
      refuseStrangers(request)
      if (cgi && (path === cgiPrefix || path.startsWith(`${cgiPrefix}/`))) {
        const mounted = { SCRIPT_NAME: environ.SCRIPT_NAME + cgiPrefix, PATH_INFO: path.slice(cgiPrefix.length) }
        return await host(withEnviron(environ, mounted), startResponse)
      }
      return (await serve(request)).send(startResponse)
    } catch (error) {
      if (!(error instanceof HttpError)) throw error
      return failure(error, environ.SCRIPT_NAME, startResponse)
    }
  }
  return application
}

/**
 * What pages of other sites could do to a server on the machine of who visits them: reach it under a name of theirs (DNS
 * rebinding), or load and send things behind the visitor's back. A link leads here all the same.
 */
function refuseStrangers(request: HttpRequest): void {
  void request.host
  const { HTTP_SEC_FETCH_SITE: site, HTTP_SEC_FETCH_MODE: mode } = request.environ
  const isLink = mode === 'navigate' && (request.method === 'GET' || request.isHead)
  if (site === 'cross-site' && !isLink)
    throw new PermissionDenied('Pages of other sites may link here, and load nothing.')
}

const words: Readonly<Record<number, readonly [title: string, text: string]>> = {
  400: ['Bad request', 'This cannot be understood.'],
  403: ['Not allowed', 'This is not for everybody.'],
  404: ['Not found', 'There is nothing at this address.'],
}

function failure(error: HttpError, mount: string, startResponse: StartResponse): Body {
  const [title, text] = words[error.status] ?? ['This did not work', error.message]
  const reason = error instanceof DisallowedHost ? 'This server is not known by that name.' : text
  const response = new HttpResponse(messagePage(title, reason, error.status === 404 ? `${mount}/` : undefined), {
    status: error.status,
    headers: pageHeaders,
  })
  return response.send(startResponse) as Body
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
