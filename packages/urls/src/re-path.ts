import { RegexRoute } from './regex-route.ts'
import type { RegexParams } from './route-params.ts'
import type { TypedInclude, TypedIncluded, TypedPattern } from './typed-entry.ts'
import {
  createEntry,
  Included,
  type Kwargs,
  type Params,
  type PatternOptions,
  type UrlEntry,
  type ViewFunction,
} from './url-entry.ts'

type ArgsOf<P> = P extends readonly unknown[] ? P : readonly string[]

/** Nothing can be named where the groups have no names: only an array fills them. */
type NamedOf<P, Extra> = P extends readonly unknown[] ? never : Omit<P, keyof Extra> & Partial<Extra>

/** The pattern of a regular expression whose view gets `P`. */
type RegexPattern<Name extends string, P, Extra> = TypedPattern<Name, NamedOf<P, Extra>, ArgsOf<P>, {}>

/** The types of `rePath`. */
export interface RePathFunction {
  <const Source extends string, const Name extends string = never, const Extra extends Kwargs = {}>(
    regex: Source,
    view: ViewFunction<RegexParams<Source> & NoInfer<Extra>>,
    nameOrOptions?: Name | PatternOptions<Name, Extra>,
  ): RegexPattern<Name, RegexParams<Source>, Extra>
  <P extends { readonly [Key in keyof P]: string | undefined } = TextParams, const Name extends string = never>(
    regex: RegExp,
    view: ViewFunction<P>,
    nameOrOptions?: Name | { readonly name?: Name },
  ): RegexPattern<Name, P, {}>
  <P = Params, const Name extends string = never, const Extra extends Kwargs = {}>(
    regex: RegExp,
    view: ViewFunction<P>,
    options: PatternOptions<Name, Extra>,
  ): RegexPattern<Name, P, Extra>
  <const Entries extends readonly UrlEntry[], const Namespace extends string, const Extra extends Kwargs = {}>(
    regex: RegExp | string,
    included: TypedIncluded<Entries, Namespace>,
    options?: { readonly kwargs?: Extra },
  ): TypedInclude<TextParams & Partial<Extra>, readonly string[], Entries, Namespace, {}>
}

/** The groups of an expression that the compiler cannot read, by name. */
type TextParams = Readonly<Record<string, string>>

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
