import type { FormField } from '../fields/form-field.ts'

/** The fields of a form by name, as `Form({...})` takes them. */
export type FormFields = Readonly<Record<string, FormField>>

/** The type of a field's value. */
export type ValueOf<F> = F extends { readonly valueType: infer T } ? T : never

/** The values of a valid form, by field. */
export type CleanedData<F> = { -readonly [K in keyof F]: ValueOf<F[K]> }

/** What a form may do to the value of one field: `cleanEmail(email: string) { … return email }`. */
export type CleanHooks<F> = string extends keyof F
  ? unknown
  : {
      readonly [K in keyof F & string as `clean${Capitalize<K>}`]?: (
        value: ValueOf<F[K]>,
      ) => ValueOf<F[K]> | Promise<ValueOf<F[K]>>
    }
