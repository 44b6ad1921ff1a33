import type { Register } from '@nuages/foundation'
import type { NameSignature, NamesOf } from './typed-entry.ts'

/** What `reverse` knows where no URLconf is registered: any name, any arguments. */
export interface UnknownUrlconf {
  readonly unknown: true
}

/** The type of the project's `urlpatterns`, once `Register` has it. */
export type RegisteredUrlconf = Register extends { readonly urlconf: infer Urlconf } ? Urlconf : UnknownUrlconf

/**
 * The arguments of every name. It is a table, not a condition on the name, so that a call looks one name up: a condition
 * would be worked out for all names in each call.
 */
export type ArgsByName<Urlconf> = Urlconf extends readonly (infer Entry)[]
  ? { [Signature in NamesOf<Entry> as Signature['name']]: ArgsOf<Signature> }
  : { [name: string]: Readonly<Record<string, unknown>> | readonly unknown[] }

type ArgsOf<Signature> =
  Signature extends NameSignature<string, infer NamedParams, infer Args>
    ? ByParameter<NamedParams> | Readonly<Args>
    : never

type ByParameter<T> = [keyof T] extends [never] ? Readonly<Record<string, never>> : { readonly [K in keyof T]: T[K] }

/** The names of a URLconf that `reverse` takes, those of includes as `'namespace:name'`. */
export type UrlNames<Urlconf> = keyof ArgsByName<Urlconf> & string

/** Names of the registered URLconf. */
export type UrlName = UrlNames<RegisteredUrlconf>

/** The arguments of a name: an object by parameter, or an array in the order of the route. */
export type UrlArgs<Urlconf, Name extends UrlNames<Urlconf>> = ArgsByName<Urlconf>[Name]

type RestByName<Urlconf, Options> = {
  [Name in keyof ArgsByName<Urlconf>]: {} extends ArgsByName<Urlconf>[Name]
    ? [args?: ArgsByName<Urlconf>[Name], options?: Options]
    : [args: ArgsByName<Urlconf>[Name], options?: Options]
}

/** What follows the name in a call of `reverse`: arguments may be left out where the name takes none. */
export type ReverseRest<Urlconf, Name extends UrlNames<Urlconf>, Options> = RestByName<Urlconf, Options>[Name]
