import type { Credentials, CurrentUser } from '@nuages/auth'
import { NotSetUp, type Settings, settings, skipCsrfChecks } from '@nuages/core'
import { type Application, type Environ, validator } from '@nuages/gateway'
import { type HttpRequest, type QueryChanges, QueryDict } from '@nuages/http'
import { RedirectCycleError, TestClientError } from '../errors.ts'
import { CookieJar, type CookieTarget } from './cookie-jar.ts'
import { exchange } from './exchange.ts'
import { makeEnviron } from './make-environ.ts'
import { type BodyOptions, type EncodedBody, encodeBody } from './request-body.ts'
import { type RedirectStep, TestResponse } from './test-response.ts'

export interface ClientOptions {
  /** Sent with every request; those of a request win. */
  readonly headers?: Readonly<Record<string, string>>
  /** The host that is asked for: by default the first of `allowedHosts`, `localhost` where that names none. */
  readonly host?: string
  /** Ask over HTTPS. */
  readonly secure?: boolean
  /** Throw what a view threw, instead of giving its 500 back. On unless set to false. */
  readonly raiseRequestException?: boolean
  /** Ask for a CSRF token as for any visitor's. Off unless set to true, so that a test may just post. */
  readonly enforceCsrfChecks?: boolean
  /** `REMOTE_ADDR`; `127.0.0.1` when left out. */
  readonly clientAddress?: string
}

export interface RequestOptions extends BodyOptions {
  /** Added to the query of the path. */
  readonly query?: QueryChanges
  readonly headers?: Readonly<Record<string, string>>
  /** Follow redirects to their end; `redirectChain` tells the way. */
  readonly follow?: boolean
  readonly secure?: boolean
  readonly raiseRequestException?: boolean
  /** Aborts the request, as a client does that goes away. */
  readonly signal?: AbortSignal
}

const longestChain = 20

/**
 * Asks an application in process, through the gateway contract: what a test sees is what a server would send. It keeps
 * cookies, follows redirects when told to, and checks both sides of the contract on the way. Django's `Client`.
 */
export class Client {
  readonly cookies: CookieJar = new CookieJar()
  readonly #application: Application
  readonly #options: ClientOptions

  constructor(application: Application, options: ClientOptions = {}) {
    this.#application = validator(application)
    this.#options = options
  }

  get(path: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request('GET', path, options)
  }

  head(path: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request('HEAD', path, options)
  }

  options(path: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request('OPTIONS', path, options)
  }

  post(path: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request('POST', path, options)
  }

  put(path: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request('PUT', path, options)
  }

  patch(path: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request('PATCH', path, options)
  }

  delete(path: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request('DELETE', path, options)
  }

  /**
   * Sends a request. `path` may have a query, and may be a whole URL. Throws what the view threw unless
   * `raiseRequestException` is false, and `RedirectCycleError` when redirects that are followed do not end.
   */
  async request(method: string, path: string, options: RequestOptions = {}): Promise<TestResponse> {
    const url = this.#url(path, options)
    const body = await encodeBody(options)
    return options.follow ? this.#follow(method, url, body, options) : this.#send(method, url, body, options, [])
  }

  /**
   * Logs in as a visitor would who knows the password, without a page of the project: `{ username, password }`. Answers
   * whether that worked. Django's `client.login`.
   */
  async login(credentials: Credentials): Promise<boolean> {
    const { authenticate, login } = await import('@nuages/auth')
    return this.#asVisitor(async (request) => {
      const user = await authenticate(request, credentials)
      if (user !== null) await login(request, user)
      return user !== null
    })
  }

  /** Logs a user in, whatever the password; `backend` names one of several backends. Django's `client.force_login`. */
  async forceLogin(user: CurrentUser, backend?: string): Promise<void> {
    const { authenticationBackends, login } = await import('@nuages/auth')
    await this.#asVisitor((request) => login(request, user, { backend: backend ?? authenticationBackends()[0]!.name }))
  }

  /** Logs out and forgets every cookie. Django's `client.logout`. */
  async logout(): Promise<void> {
    const { logout } = await import('@nuages/auth')
    await this.#asVisitor(logout)
    this.cookies.clear()
  }

  /** Runs `act` with a request as this client sends them, between the middleware of sessions and users. */
  async #asVisitor<T>(act: (request: HttpRequest) => Promise<T>): Promise<T> {
    // Loaded when a test logs in: most of them need no users.
    const { runInSession } = await import('./run-in-session.ts')
    const url = this.#url('/', {})
    const { result, setCookies } = await runInSession(this.#environ('POST', url, noBody, {}), act)
    for (const header of setCookies) this.cookies.receive(header, targetOf(url))
    return result
  }

  async #follow(method: string, url: URL, body: EncodedBody, options: RequestOptions): Promise<TestResponse> {
    const chain: RedirectStep[] = []
    let response = await this.#send(method, url, body, options, chain)
    while (isRedirect(response)) {
      const next = new URL(response.headers.get('Location')!, response.url)
      const way = [url.href, ...chain.map((step) => step.url)]
      if (chain.some((step) => step.url === next.href && step.status === response.status)) {
        throw new RedirectCycleError('The redirects lead in a circle.', [...way, next.href])
      }
      if (chain.length >= longestChain) throw new RedirectCycleError(`More than ${longestChain} redirects.`, way)
      chain.push({ url: next.href, status: response.status })
      const keeps = response.status === 307 || response.status === 308
      const nextMethod = keeps || response.method === 'HEAD' ? response.method : 'GET'
      response = await this.#send(nextMethod, next, keeps ? body : noBody, options, chain)
    }
    return response
  }

  async #send(
    method: string,
    url: URL,
    body: EncodedBody,
    options: RequestOptions,
    chain: readonly RedirectStep[],
  ): Promise<TestResponse> {
    const environ = this.#environ(method, url, body, options)
    const { error, ...answer } = await exchange(this.#application, environ)
    if (error !== undefined && (options.raiseRequestException ?? this.#options.raiseRequestException ?? true))
      throw error
    for (const [name, value] of answer.headers) {
      if (name.toLowerCase() === 'set-cookie') this.cookies.receive(value, targetOf(url))
    }
    return new TestResponse({ url, method, error, ...answer }, [...chain])
  }

  #environ(method: string, url: URL, body: EncodedBody, options: RequestOptions): Environ {
    const environ = makeEnviron({
      method,
      url,
      body,
      headers: { ...this.#options.headers, ...options.headers },
      cookie: this.cookies.header(targetOf(url)),
      clientAddress: this.#options.clientAddress ?? '127.0.0.1',
      signal: options.signal ?? new AbortController().signal,
    })
    return this.#options.enforceCsrfChecks ? environ : Object.assign(environ, { [skipCsrfChecks]: true })
  }

  #url(path: string, options: RequestOptions): URL {
    const secure = options.secure ?? this.#options.secure ?? false
    const origin = `${secure ? 'https' : 'http'}://${this.#options.host ?? servedHost()}`
    // `//x` is a path here, as it is in a request line; only a scheme makes an address of its own.
    const text = path.startsWith('/') ? origin + path : path
    if (!URL.canParse(text)) {
      throw new TestClientError(`'${path}' is neither a path that starts with '/' nor a URL.`)
    }
    const url = new URL(text)
    if (options.query !== undefined) {
      const added = new QueryDict().with(options.query).toString()
      url.search = url.search === '' ? added : `${url.search}&${added}`
    }
    url.hash = ''
    return url
  }
}

function targetOf(url: URL): CookieTarget {
  return { host: url.hostname, path: url.pathname, secure: url.protocol === 'https:' }
}

const noBody: EncodedBody = { bytes: new Uint8Array(), contentType: undefined }

function isRedirect({ status, headers }: TestResponse): boolean {
  return [301, 302, 303, 307, 308].includes(status) && headers.has('Location')
}

/** A host that the project serves; without a project, as around an application of its own, `localhost`. */
function servedHost(): string {
  try {
    const named = (settings as Settings).allowedHosts.find((host) => host !== '*')
    return named?.replace(/^\./, '') ?? 'localhost'
  } catch (error) {
    if (error instanceof NotSetUp) return 'localhost'
    throw error
  }
}
