import { RegexRoute } from './regex-route.ts'
import type { RegexParams } from './route-params.ts'
import type { Needs, TypedInclude, TypedIncluded, TypedPattern } from './typed-entry.ts'
import {
  createEntry,
  Included,
  type Kwargs,
  type Params,
  type PatternOptions,
  type UrlEntry,
  type ViewFunction,
} from './url-entry.ts'

/** What a view behind a regular expression may ask for: text by group name, or the groups in order. */
export type RegexViewParams = Readonly<Record<string, string>> | readonly string[]

type NamedOf<P> = P extends readonly unknown[] ? {} : P

type ArgsOf<P> = P extends readonly unknown[] ? P : readonly string[]

/** What `reverse` takes: nothing named where the groups have no names, since then only an array can fill them. */
type ReverseParams<P> = P extends readonly unknown[] ? never : P

/** The types of `rePath`. */
export interface RePathFunction {
  <const Source extends string, const Name extends string = never, const Extra extends Kwargs = {}>(
    regex: Source,
    view: ViewFunction<RegexParams<Source> & Extra>,
    nameOrOptions?: Name | PatternOptions<Name, Extra>,
  ): TypedPattern<Name, ReverseParams<RegexParams<Source>> & Partial<Extra>, ArgsOf<RegexParams<Source>>, {}>
  <
    P extends Params = Readonly<Record<string, string>>,
    const Name extends string = never,
    const Extra extends Kwargs = {},
  >(
    regex: RegExp,
    view: ViewFunction<P & Extra>,
    nameOrOptions?: Name | PatternOptions<Name, Extra>,
  ): TypedPattern<Name, ReverseParams<P> & Partial<Extra>, ArgsOf<P>, {}>
  <
    const Entries extends readonly UrlEntry[],
    const Namespace extends string,
    const Extra extends Kwargs = {},
    Captured extends Kwargs = Readonly<Record<string, string>>,
  >(
    regex: RegExp | string,
    included: TypedIncluded<Entries, Namespace> & Needs<NamedOf<Captured> & Extra>,
    options?: { readonly kwargs?: Extra },
  ): TypedInclude<Captured & Partial<Extra>, readonly string[], Entries, Namespace, {}>
}

/**
 * A line of `urlpatterns` with a regular expression: `rePath(/^archive\/(?<year>\d{4})\/$/, archive, 'archive')`. Named
 * groups reach the view by name and unnamed ones as an array; where there are both, only the named ones do. A group that did
 * not take part is left out. The types of the parameters follow the expression where it is written as a string; those of a
 * `RegExp` are unknown to the compiler, so the view states them. Django's `re_path`.
 */
export const rePath = ((
  regex: RegExp | string,
  target: ViewFunction | Included,
  given?: string | PatternOptions<string, Kwargs>,
) => createEntry(new RegexRoute(regex, !(target instanceof Included)), target, given)) as RePathFunction
