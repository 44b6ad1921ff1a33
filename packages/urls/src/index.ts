export * from './append-slash.ts'
export * from './check-urlpatterns.ts'
export * from './converter.ts'
export * from './errors.ts'
export * from './i18n-patterns.ts'
export * from './include.ts'
export { LanguageRoute } from './language-route.ts'
export * from './list-routes.ts'
export * from './path.ts'
export * from './re-path.ts'
export * from './resolve.ts'
export { createResolver, type UrlResolver } from './resolver.ts'
export type { ResolverMatch } from './resolver-match.ts'
export * from './reverse.ts'
export type { ReverseArgs } from './reverse-index.ts'
export type { RouteArgs, RouteParams } from './route-params.ts'
export * from './translate-url.ts'
export type { Needs, TypedInclude, TypedIncluded, TypedPattern } from './typed-entry.ts'
export type {
  Included,
  Kwargs,
  Params,
  PatternOptions,
  UrlEntry,
  UrlInclude,
  UrlPattern,
  ViewFunction,
} from './url-entry.ts'
export * from './urlconf.ts'
export * from './urlconf-names.ts'
