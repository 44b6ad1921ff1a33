import type { BuiltinConverterTypes, RouteArgs, RouteParams, TypedPattern } from '@nuages/urls'
import type { CrudPageName } from './crud-options.ts'

type NameOf<RouteName extends string, Page extends string> = RouteName extends '' ? Page : `${RouteName}-${Page}`

type Pattern<Name extends string, Route extends string> = TypedPattern<
  Name,
  RouteParams<Route, BuiltinConverterTypes>,
  RouteArgs<Route, BuiltinConverterTypes>,
  {}
>

type RouteOf<Prefix extends string, Lookup extends string, Page> = Page extends 'list' | 'create'
  ? Prefix
  : `${Prefix}${Lookup}/`

type LeftOut<Views> = { [Page in keyof Views]: Views[Page] extends false ? Page : never }[keyof Views]

type PatternOf<Prefix extends string, RouteName extends string, Lookup extends string, Page> = Page extends CrudPageName
  ? Pattern<NameOf<RouteName, Page>, RouteOf<Prefix, Lookup, Page>>
  : never

/** The routes of the pages, with names and parameters that `reverse` knows. */
export type CrudPatterns<
  Prefix extends string,
  RouteName extends string,
  Lookup extends string,
  Views,
> = readonly PatternOf<Prefix, RouteName, Lookup, Exclude<CrudPageName, LeftOut<Views>>>[]
