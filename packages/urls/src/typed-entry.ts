import type { Included, UrlEntry, UrlInclude, UrlPattern } from './url-entry.ts'

/** What the types know of an entry; no value carries these. */
declare const signature: unique symbol
declare const needs: unique symbol

/** Parameters that an entry's views expect from the routes above it, and that `Provided` must hold. */
export interface Needs<Provided> {
  readonly [needs]?: (provided: Provided) => void
}

/** A pattern with its name, its parameters by name and in order. Invariant, so that no array literal merges two of them. */
export interface TypedPattern<Name extends string, NamedParams, Args extends readonly unknown[], Inherited>
  extends UrlPattern,
    Needs<Inherited> {
  readonly [signature]?: (
    kind: 'pattern',
    name: Name,
    params: NamedParams,
    args: Args,
  ) => [name: Name, params: NamedParams, args: Args]
}

/** Patterns with the namespace they are included under; `''` for none. */
export interface TypedIncluded<Entries extends readonly UrlEntry[], Namespace extends string>
  extends Included,
    Needs<NeedsOf<Entries[number]>> {
  readonly [signature]?: (entries: Entries, namespace: Namespace) => [Entries, Namespace]
}

/** An include under its prefix. */
export interface TypedInclude<
  NamedParams,
  Args extends readonly unknown[],
  Entries,
  Namespace extends string,
  Inherited,
> extends UrlInclude,
    Needs<Inherited> {
  readonly [signature]?: (
    kind: 'include',
    params: NamedParams,
    args: Args,
    entries: Entries,
    namespace: Namespace,
  ) => [NamedParams, Args, Entries, Namespace]
}

type NeedsOf<Entry> = [Entry extends Needs<infer Inherited> ? (inherited: Inherited) => void : never] extends [
  (inherited: infer All) => void,
]
  ? All
  : unknown

/** One name of a URLconf and what it takes. */
export interface NameSignature<Name extends string, NamedParams, Args extends readonly unknown[]> {
  readonly name: Name
  readonly params: NamedParams
  readonly args: Args
}

type SignatureOf<Entry> = Entry extends { readonly [signature]?: infer Signature } ? NonNullable<Signature> : never

type InNamespace<Namespace extends string, Name extends string> = Namespace extends '' ? Name : `${Namespace}:${Name}`

type Below<Inner, NamedParams, Args extends readonly unknown[], Namespace extends string> =
  Inner extends NameSignature<infer Name, infer InnerParams, infer InnerArgs>
    ? NameSignature<InNamespace<Namespace, Name>, NamedParams & InnerParams, readonly [...Args, ...InnerArgs]>
    : never

/** The names of one entry, those of includes with their namespace and the parameters of the prefix. */
export type NamesOf<Entry> =
  SignatureOf<Entry> extends infer Signature
    ? Signature extends (
        kind: 'pattern',
        name: infer Name extends string,
        params: infer P,
        args: infer A extends readonly unknown[],
      ) => unknown
      ? NameSignature<Name, P, A>
      : Signature extends (
            kind: 'include',
            params: infer P,
            args: infer A extends readonly unknown[],
            entries: infer Entries extends readonly unknown[],
            namespace: infer Namespace extends string,
          ) => unknown
        ? Below<NamesOf<Entries[number]>, P, A, Namespace>
        : never
    : never
