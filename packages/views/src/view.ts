import { ImproperlyConfigured } from '@nuages/foundation'
import { type HttpRequest, HttpResponse, HttpResponseNotAllowed } from '@nuages/http'
import type { Kwargs, ViewFunction } from '@nuages/urls'

/** What a handler of a view returns. */
export type MaybeResponse = HttpResponse | Promise<HttpResponse>

type Handler = (request: HttpRequest, params: unknown) => MaybeResponse

/** The parameters of the URL that a view declares. */
export type ParamsOf<V> = V extends { readonly params: infer Params } ? Params : never

/** Values for the properties of a view, for one place in a URLconf. */
export type InitKwargs<V> = { readonly [K in Exclude<keyof V, Exclude<keyof View, 'httpMethodNames'>>]?: V[K] }

/** A function that answers a URL, and the class behind it. */
export type ClassViewFunction<P> = ViewFunction<P> & { readonly viewClass: abstract new () => View<unknown> }

const methods = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace'] as const

/**
 * A view as a class: a method for each HTTP method it answers, in lower case. Each gets the request and the parameters of the
 * URL, which are also `this.request` and `this.params`. HEAD is answered by `get` where there is no `head`; OPTIONS tells what
 * is allowed; what has no method gets 405. Every request has an instance of its own. Django's `View`.
 *
 * ```ts
 * class Archive extends View<{ year: number }> {
 *   get(): HttpResponse {
 *     return new HttpResponse(`The year ${this.params.year}`)
 *   }
 * }
 * path('archive/<int:year>/', Archive.asView())
 * ```
 */
export class View<P = Kwargs> {
  request!: HttpRequest
  /** What the URL captured. */
  params!: P
  /** The methods, in lower case, that this view may answer: a shorter list closes some. */
  httpMethodNames: readonly string[] = methods

  /**
   * The function that goes into a URLconf. `initkwargs` replace properties of the view there:
   * `TemplateView.asView({ templateName: 'about.html' })`. Throws `ImproperlyConfigured` for one that the view does not have.
   */
  static asView<V extends View<unknown>>(
    this: new () => V,
    initkwargs?: InitKwargs<V>,
  ): ClassViewFunction<ParamsOf<V>> {
    // biome-ignore lint/complexity/noThisInStatic: the class that asView is called on, not the one it is written in
    return viewFunction(this, initkwargs)
  }

  /** Takes the request in, before `dispatch`. An override calls `super.setup(request, params)`. */
  setup(request: HttpRequest, params: P): void {
    this.request = request
    this.params = params
  }

  /** Calls the method for the request's. An override may answer before it, or change what it returns. */
  dispatch(): MaybeResponse {
    const handler = this.#handler(this.request.method.toLowerCase())
    return handler === undefined ? this.httpMethodNotAllowed() : handler.call(this, this.request, this.params)
  }

  /** 405, with the methods that are allowed. */
  httpMethodNotAllowed(): MaybeResponse {
    return new HttpResponseNotAllowed(this.allowedMethods())
  }

  /** 200 without content, with the methods that are allowed. */
  options(): MaybeResponse {
    return new HttpResponse('', { headers: { Allow: this.allowedMethods().join(', ') } })
  }

  /** The methods that this view answers, in capitals. */
  allowedMethods(): string[] {
    return this.httpMethodNames.filter((name) => this.#handler(name) !== undefined).map((name) => name.toUpperCase())
  }

  #handler(method: string): Handler | undefined {
    if (!this.httpMethodNames.includes(method)) return undefined
    const handlers = this as unknown as Readonly<Record<string, Handler | undefined>>
    const handler = handlers[method] ?? (method === 'head' ? this.#handler('get') : undefined)
    return typeof handler === 'function' ? handler : undefined
  }
}

function viewFunction<V extends View<unknown>>(
  ViewClass: new () => V,
  initkwargs: InitKwargs<V> | undefined,
): ClassViewFunction<ParamsOf<V>> {
  if (initkwargs !== undefined) checkInitkwargs(ViewClass, initkwargs)
  const view = (request: HttpRequest, params: ParamsOf<V>): MaybeResponse => {
    const instance = new ViewClass()
    if (initkwargs !== undefined) Object.assign(instance, initkwargs)
    instance.setup(request, params)
    return instance.dispatch()
  }
  return Object.defineProperties(view, {
    name: { value: ViewClass.name },
    viewClass: { value: ViewClass },
  }) as ClassViewFunction<ParamsOf<V>>
}

function checkInitkwargs(ViewClass: new () => View<unknown>, initkwargs: object): void {
  const sample = new ViewClass()
  for (const key of Object.keys(initkwargs)) {
    const where = `${ViewClass.name}.asView({ ${key} })`
    if ((methods as readonly string[]).includes(key)) {
      throw new ImproperlyConfigured(`${where}: '${key}' answers an HTTP method. Define it in the class.`)
    }
    if (!(key in sample)) {
      const known = Object.keys(sample).filter((name) => name !== 'request' && name !== 'params')
      throw new ImproperlyConfigured(
        `${where}: ${ViewClass.name} has no property '${key}'. Properties: ${known.join(', ')}.`,
      )
    }
  }
}
