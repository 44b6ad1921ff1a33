import type { Register } from '@nuages/foundation'
import type { NamesOf } from './typed-entry.ts'

/** What `reverse` knows where no URLconf is registered: any name, any arguments. */
export interface UnknownUrlconf {
  readonly unknown: true
}

/** The type of the project's `urlpatterns`, once `Register` has it. */
export type RegisteredUrlconf = Register extends { readonly urlconf: infer Urlconf } ? Urlconf : UnknownUrlconf

type ByName<Urlconf> = Urlconf extends readonly (infer Entry)[]
  ? { [Signature in NamesOf<Entry> as Signature['name']]: Signature }
  : never

/** The names of a URLconf that `reverse` takes, those of includes as `'namespace:name'`. */
export type UrlNames<Urlconf> = Urlconf extends UnknownUrlconf ? string : keyof ByName<Urlconf> & string

/** Names of the registered URLconf. */
export type UrlName = UrlNames<RegisteredUrlconf>

type SignatureOf<Urlconf, Name> = Name extends keyof ByName<Urlconf> ? ByName<Urlconf>[Name] : never

type ByParameter<T> = [keyof T] extends [never] ? Readonly<Record<string, never>> : { readonly [K in keyof T]: T[K] }

/** The arguments of a name: an object by parameter, or an array in the order of the route. */
export type UrlArgs<Urlconf, Name> = Urlconf extends UnknownUrlconf
  ? Readonly<Record<string, unknown>> | readonly unknown[]
  : SignatureOf<Urlconf, Name> extends infer Signature
    ? Signature extends { readonly params: infer NamedParams; readonly args: infer Args extends readonly unknown[] }
      ? ByParameter<NamedParams> | Readonly<Args>
      : never
    : never

/** What follows the name in a call of `reverse`: arguments may be left out where the name takes none. */
export type ReverseRest<Urlconf, Name, Options> = Urlconf extends UnknownUrlconf
  ? [args?: UrlArgs<Urlconf, Name>, options?: Options]
  : {} extends UrlArgs<Urlconf, Name>
    ? [args?: UrlArgs<Urlconf, Name>, options?: Options]
    : [args: UrlArgs<Urlconf, Name>, options?: Options]
