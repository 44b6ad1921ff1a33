import { type HeadersInput, ResponseHeaders } from '@nuages/http'
import type { TemplateContext } from '@nuages/templates'
import { parseSetCookie, type SetCookie } from 'cookie'
import { TestClientError } from '../errors.ts'

/** A step of a redirect that was followed. */
export interface RedirectStep {
  readonly url: string
  /** The status that led there. */
  readonly status: number
}

/** A template that was rendered on the way to a response. */
export interface RenderedTemplate {
  /** The names that were asked for; the first one that exists was rendered. */
  readonly names: readonly string[]
  readonly context: TemplateContext
}

export interface TestResponseInit {
  readonly url: URL
  readonly method: string
  readonly statusLine: string
  readonly headers: HeadersInput
  readonly body: Uint8Array
  readonly templates: readonly RenderedTemplate[]
  readonly error: unknown
}

/** What the application answered, read to its end. */
export class TestResponse {
  /** The address that was asked for, after redirects the last one. */
  readonly url: URL
  readonly method: string
  readonly status: number
  readonly reason: string
  readonly headers: ResponseHeaders
  /** The redirects that were followed to get here, in order. */
  readonly redirectChain: readonly RedirectStep[]
  /** The templates that `renderTemplate` rendered, in order. */
  readonly templates: readonly RenderedTemplate[]
  /** What was thrown and became a 500, when the client does not throw it again. */
  readonly error: unknown
  readonly #body: Uint8Array

  constructor(init: TestResponseInit, redirectChain: readonly RedirectStep[]) {
    const [, code = '', reason = ''] = /^(\d{3}) ?(.*)$/.exec(init.statusLine) ?? []
    this.url = init.url
    this.method = init.method
    this.status = Number(code)
    this.reason = reason
    this.headers = new ResponseHeaders(init.headers)
    this.redirectChain = redirectChain
    this.templates = init.templates
    this.error = init.error
    this.#body = init.body
  }

  /** The cookies that this response sets, by name. The client keeps them for later requests. */
  get cookies(): ReadonlyMap<string, SetCookie> {
    return new Map(
      this.headers.getAll('Set-Cookie').map((header) => {
        const cookie = parseSetCookie(header)
        return [cookie.name, cookie]
      }),
    )
  }

  /** The contexts of all templates, laid over each other, as `response.context` of Django's client. */
  get context(): TemplateContext {
    return Object.assign({}, ...this.templates.map(({ context }) => context))
  }

  bytes(): Uint8Array {
    return this.#body
  }

  text(): string {
    return new TextDecoder().decode(this.#body)
  }

  /** The body as JSON. Throws `TestClientError`, which shows the body's beginning, when it is none. */
  json(): unknown {
    try {
      return JSON.parse(this.text())
    } catch (cause) {
      const type = this.headers.get('Content-Type') ?? 'no type'
      throw new TestClientError(
        `${this.method} ${this.url.pathname} answered ${this.status} with ${type}, which is not JSON: ${this.text().slice(0, 200)}`,
        { cause },
      )
    }
  }
}
