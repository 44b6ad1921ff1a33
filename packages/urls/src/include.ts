import { ImproperlyConfigured } from '@nuages/foundation'
import type { TypedIncluded } from './typed-entry.ts'
import { Included, type UrlEntry } from './url-entry.ts'

/** A module with a URLconf of its own: `import * as shopUrls from './shop/urls.ts'`. */
export interface UrlconfModule<Entries extends readonly UrlEntry[] = readonly UrlEntry[]> {
  readonly urlpatterns: Entries
  /** The application namespace; it is also the instance namespace where `include` gives none. */
  readonly appName?: string
}

export interface IncludeOptions<Namespace extends string, AppName extends string> {
  /** The instance namespace: what stands before `:` in names. One for each time the patterns are included. */
  readonly namespace?: Namespace
  /** The application namespace, the same for all instances. Where it is left out it is `namespace`. */
  readonly appName?: AppName
}

/**
 * Patterns to be put under a prefix: `path('shop/', include(shopUrls, { namespace: 'shop' }))`. It takes the array, a module
 * that exports it as `urlpatterns`, or a function that gives the array: that is called when the resolver is made, so that
 * URLconfs may import each other. Django's `include`.
 */
export function include<
  const Entries extends readonly UrlEntry[],
  const AppName extends string = '',
  const Namespace extends string = AppName,
>(target: Entries | (() => Entries), options?: IncludeOptions<Namespace, AppName>): TypedIncluded<Entries, Namespace>
export function include<
  const Module extends UrlconfModule,
  const AppName extends string = Module extends { readonly appName: infer Own extends string } ? Own : '',
  const Namespace extends string = AppName,
>(target: Module, options?: IncludeOptions<Namespace, AppName>): TypedIncluded<Module['urlpatterns'], Namespace>
export function include(
  target: readonly UrlEntry[] | (() => readonly UrlEntry[]) | UrlconfModule,
  options: IncludeOptions<string, string> = {},
): Included {
  const module = 'urlpatterns' in target ? target : undefined
  const appName = options.appName ?? module?.appName ?? options.namespace
  const namespace = options.namespace ?? appName
  if (namespace?.includes(':') || namespace === '') {
    throw new ImproperlyConfigured(`include(): a namespace may not be empty or contain ':', got '${namespace}'.`)
  }
  const load = () => ('urlpatterns' in target ? target.urlpatterns : typeof target === 'function' ? target() : target)
  return new Included(load, namespace, appName)
}
