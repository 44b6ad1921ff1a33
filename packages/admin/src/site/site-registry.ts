import type { HttpRequest } from '@nuages/http'
import type { ModelMeta, RuntimeModel } from '@nuages/orm'
import { reverseName } from '@nuages/urls'
import { AlreadyRegistered, NotRegistered } from '../errors.ts'
import { ModelAdmin } from '../model-admin/model-admin.ts'
import type { AnyModel } from '../options/any-model.ts'
import type { ModelAdminOptions } from '../options/model-admin-options.ts'
import { quoteKey } from './key-in-url.ts'
import { userOf } from './staff-user.ts'

/** How a site presents itself. */
export interface SiteOptions<Name extends string = string> {
  /** The namespace of its URLs: unlike any other site's. `admin` unless given. */
  readonly name?: Name
  /** In `<title>`. */
  readonly title?: string
  /** At the top of every page. */
  readonly header?: string
  /** The heading of the front page. */
  readonly indexTitle?: string
  /** Where "View site" leads; `null` for nowhere. */
  readonly siteUrl?: string | null
  /** Shown in place of `null` and `''`, where a model does not say otherwise. */
  readonly emptyValueDisplay?: string
  /** Who may use the site: active members of the staff unless given. */
  readonly hasPermission?: (request: HttpRequest) => boolean | Promise<boolean>
}

/**
 * The models of a site and their options, and the addresses of their pages. What it presents itself with may be set:
 * `admin.site.header = 'The Sky Log'`.
 */
export class SiteRegistry<Name extends string = string> {
  readonly name: Name
  title: string
  header: string
  indexTitle: string
  siteUrl: string | null
  emptyValueDisplay: string
  readonly #hasPermission: SiteOptions['hasPermission']
  readonly #modelAdmins = new Map<RuntimeModel, ModelAdmin>()

  constructor(options: SiteOptions<Name> = {}) {
    this.name = options.name ?? ('admin' as Name)
    this.title = options.title ?? 'Nuages administration'
    this.header = options.header ?? 'Administration'
    this.indexTitle = options.indexTitle ?? 'Site administration'
    this.siteUrl = options.siteUrl === undefined ? '/' : options.siteUrl
    this.emptyValueDisplay = options.emptyValueDisplay ?? '–'
    this.#hasPermission = options.hasPermission
  }

  /**
   * Shows a model: `admin.register(Post, { listDisplay: ['title', 'author'] })`. Names are checked against the model as one
   * types. Throws `AlreadyRegistered`.
   */
  register<M extends object>(model: M, options: ModelAdminOptions<NoInfer<M>> = {}): void {
    const runtime = classOf(model)
    if (this.#modelAdmins.has(runtime)) {
      throw new AlreadyRegistered(
        `${runtime.name} is registered with the site '${this.name}' already. To replace its options, unregister it first.`,
      )
    }
    this.#modelAdmins.set(runtime, new ModelAdmin(runtime, options as unknown as ModelAdminOptions<AnyModel>))
  }

  /** Takes a model out. Throws `NotRegistered`. */
  unregister(model: object): void {
    if (this.#modelAdmins.delete(classOf(model))) return
    throw new NotRegistered(`${(model as RuntimeModel).name} is not registered with the site '${this.name}'.`)
  }

  isRegistered(model: object): boolean {
    return this.#modelAdmins.has(classOf(model))
  }

  /** Every registered model. */
  modelAdmins(): readonly ModelAdmin[] {
    return [...this.#modelAdmins.values()]
  }

  /** The registered model of a meta; `undefined` where it is not registered. */
  modelAdminOf(meta: ModelMeta): ModelAdmin | undefined {
    return this.#modelAdmins.get(meta.model)
  }

  /** The registered model of an address. */
  findModelAdmin(appLabel: string, modelName: string): ModelAdmin | undefined {
    return this.modelAdmins().find(({ meta }) => meta.appLabel === appLabel && meta.modelName === modelName)
  }

  /** Whether it is for active members of the staff, as a site is that does not say otherwise. */
  get isForStaff(): boolean {
    return this.#hasPermission === undefined
  }

  /** Whether the user may use the site. Django's `has_permission`. */
  async hasPermission(request: HttpRequest): Promise<boolean> {
    if (this.#hasPermission) return this.#hasPermission(request)
    const user = await userOf(request)
    return user.isAuthenticated && user.isActive && user.isStaff
  }

  /** The address of a page of the site, by its name without the namespace. */
  url(
    page: string,
    args: Readonly<Record<string, unknown>> = {},
    query: Readonly<Record<string, string>> = {},
  ): string {
    return reverseName(`${this.name}:${page}`, args, { query })
  }

  /** The address of a page about a model. */
  modelUrl(page: 'changelist' | 'add', meta: ModelMeta, query: Readonly<Record<string, string>> = {}): string {
    return this.url(page, { app: meta.appLabel, model: meta.modelName }, query)
  }

  /** The address of a page of the project's own, under a row. */
  objectPageUrl(meta: ModelMeta, key: unknown, page: string): string {
    return this.url('object-page', { app: meta.appLabel, model: meta.modelName, key: quoteKey(key), page })
  }

  /** The address of a page about a row. */
  rowUrl(page: 'change' | 'delete' | 'history', meta: ModelMeta, key: unknown): string {
    return this.url(page, { app: meta.appLabel, model: meta.modelName, key: quoteKey(key) })
  }
}

/** The class itself, where `model` stands for whichever a setting names, as `userModel` does. */
function classOf(model: object): RuntimeModel {
  const runtime = model as RuntimeModel
  return Object.hasOwn(model, 'meta') ? runtime.meta.model : runtime
}
