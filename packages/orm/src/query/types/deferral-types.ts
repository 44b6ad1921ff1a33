import type { PathError } from '../../lookups/lookup-types.ts'
import type { ValueAt } from './path-types.ts'

/** `P` where it is the path of a column, else a `PathError`. */
export type CheckedColumn<F, P> = P extends string
  ? ValueAt<F, P> extends infer V
    ? V extends PathError<string>
      ? V
      : P
    : never
  : P

type HeadOf<P> = P extends `${infer Head}__${string}` ? Head : P

/** The attribute that holds a column of a name: a foreign key's is `authorId`. */
type AttributeOf<F, P> = P extends keyof F ? (F[P] extends { readonly nullable: boolean } ? `${P & string}Id` : P) : P

/** The attributes that `defer` leaves out: of the model's own columns; those of others stay as they are. */
export type DeferredBy<F, P> = P extends `${string}__${string}` ? never : AttributeOf<F, P>

/** The attributes that `only` leaves out: all columns but the key and those that are named. */
export type DeferredByOnly<F, P> = {
  [K in keyof F & string]: K extends HeadOf<P>
    ? never
    : `${K}Id` extends HeadOf<P>
      ? never
      : F[K] extends { readonly valueType: unknown; readonly key: infer Key }
        ? Key extends true
          ? never
          : K
        : F[K] extends { readonly nullable: boolean }
          ? `${K}Id`
          : never
}[keyof F & string]
