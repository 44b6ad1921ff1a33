/** Somebody with a browser without scripts: keeps cookies, follows redirects, sends the forms of pages. */
export class Visitor {
  readonly #origin: () => string
  readonly #cookies = new Map<string, string>()

  constructor(origin: () => string) {
    this.#origin = origin
  }

  /** The page at a path, wherever that leads. */
  async open(path: string): Promise<Page> {
    return this.#page(await this.#fetch(path, {}))
  }

  /** Sends the form that a page has, with these values in its fields. */
  async send(page: Page, values: Readonly<Record<string, string>>): Promise<Page> {
    const body = new URLSearchParams({ ...page.hidden, ...values })
    return this.#page(await this.#fetch(page.path, { method: 'POST', body, headers: { Origin: this.#origin() } }))
  }

  async #page(response: Response): Promise<Page> {
    const { status } = response
    if (status >= 300 && status < 400) return this.open(response.headers.get('Location')!)
    const html = await response.text()
    const hidden = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
    const { pathname, search } = new URL(response.url)
    return {
      status,
      html,
      path: pathname + search,
      hidden: Object.fromEntries(hidden.map(([, name, value]) => [name, value])),
    }
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { Accept: 'text/html', ...init.headers, ...(cookie && { Cookie: cookie }) }
    const response = await fetch(new URL(path, this.#origin()), { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      this.#cookies.set(name!, value!)
    }
    return response
  }
}

export interface Page {
  readonly status: number
  readonly html: string
  readonly path: string
  /** What the page's form sends of its own accord. */
  readonly hidden: Readonly<Record<string, string>>
}
