import { parseSetCookie, type SetCookie, stringifyCookie } from 'cookie'

/** A cookie as a browser keeps it. */
export interface JarCookie {
  readonly name: string
  readonly value: string
  /** The host that set it, or the domain it named. */
  readonly domain: string
  /** Whether only that very host gets it back. */
  readonly hostOnly: boolean
  readonly path: string
  readonly secure: boolean
  readonly httpOnly: boolean
  readonly sameSite: SetCookie['sameSite']
  /** Milliseconds since the epoch; `undefined` for a session cookie. */
  readonly expires: number | undefined
}

/** Where a cookie is to be sent. */
export interface CookieTarget {
  readonly host: string
  readonly path: string
  readonly secure: boolean
}

/** Keeps cookies from one request of a client to the next, by the rules of RFC 6265 §5. */
export class CookieJar {
  readonly #cookies = new Map<string, JarCookie>()

  /** The value of a cookie, whatever its path; `undefined` where there is none. */
  get(name: string): string | undefined {
    return this.find(name)?.value
  }

  has(name: string): boolean {
    return this.find(name) !== undefined
  }

  /** A cookie with its attributes. */
  find(name: string): JarCookie | undefined {
    return this.all().find((cookie) => cookie.name === name)
  }

  /** Every cookie that has not expired. */
  all(): JarCookie[] {
    return [...this.#cookies.values()].filter(isAlive)
  }

  /** Puts a cookie into the jar by hand, as if the server had set it for every path. */
  set(name: string, value: string, options: Partial<Omit<JarCookie, 'name' | 'value'>> = {}): void {
    this.#keep({
      name,
      value,
      domain: '',
      hostOnly: false,
      path: '/',
      secure: false,
      httpOnly: false,
      sameSite: undefined,
      expires: undefined,
      ...options,
    })
  }

  delete(name: string): void {
    for (const [key, cookie] of this.#cookies) if (cookie.name === name) this.#cookies.delete(key)
  }

  clear(): void {
    this.#cookies.clear()
  }

  /** Takes a `Set-Cookie` header. What a browser would refuse is passed over. */
  receive(header: string, from: CookieTarget): void {
    const cookie = parseSetCookie(header)
    const domain = cookie.domain?.replace(/^\./, '').toLowerCase()
    if (domain !== undefined && domain !== '' && !belongsTo(from.host, domain)) return
    if (cookie.secure && !from.secure && !isLocal(from.host)) return
    this.#keep({
      name: cookie.name,
      value: cookie.value ?? '',
      domain: domain || from.host,
      hostOnly: !domain,
      path: cookie.path?.startsWith('/') ? cookie.path : defaultPath(from.path),
      secure: cookie.secure ?? false,
      httpOnly: cookie.httpOnly ?? false,
      sameSite: cookie.sameSite,
      expires: expiry(cookie),
    })
  }

  /** The `Cookie` header for a request, longest path first; `undefined` where no cookie fits. */
  header(target: CookieTarget): string | undefined {
    const fitting = this.all()
      .filter((cookie) => fits(cookie, target))
      .sort((one, other) => other.path.length - one.path.length)
    if (fitting.length === 0) return undefined
    return fitting.map(({ name, value }) => stringifyCookie({ [name]: value })).join('; ')
  }

  #keep(cookie: JarCookie): void {
    const key = `${cookie.domain};${cookie.path};${cookie.name}`
    if (isAlive(cookie)) this.#cookies.set(key, cookie)
    else this.#cookies.delete(key)
  }
}

function isAlive({ expires }: JarCookie): boolean {
  return expires === undefined || expires > Date.now()
}

function expiry({ maxAge, expires }: SetCookie): number | undefined {
  return maxAge === undefined ? expires?.getTime() : Date.now() + maxAge * 1000
}

function fits(cookie: JarCookie, target: CookieTarget): boolean {
  if (cookie.secure && !target.secure && !isLocal(target.host)) return false
  const rightHost = cookie.hostOnly ? cookie.domain === target.host : belongsTo(target.host, cookie.domain)
  return rightHost && isBelow(target.path, cookie.path)
}

function belongsTo(host: string, domain: string): boolean {
  return domain === '' || host === domain || host.endsWith(`.${domain}`)
}

/** RFC 6265 §5.1.4 */
function isBelow(path: string, cookiePath: string): boolean {
  return (
    path === cookiePath ||
    (path.startsWith(cookiePath) && (cookiePath.endsWith('/') || path[cookiePath.length] === '/'))
  )
}

function defaultPath(path: string): string {
  const last = path.lastIndexOf('/')
  return last <= 0 ? '/' : path.slice(0, last)
}

/** Browsers take `localhost` for secure, so that development needs no certificate. */
function isLocal(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '127.0.0.1'
}
