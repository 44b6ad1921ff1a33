import type { Text } from '@nuages/i18n'
import type { FormValues } from './value-source.ts'

/** What a form is made with; everything may be left out. */
export interface FormOptions<Name extends string = string> {
  /** What was sent. With `data` or `files` the form is bound: it validates, and shows what was sent. */
  readonly data?: FormValues | null | undefined
  /** The files that were sent: `MultiValueDict<UploadedFile>`, or files by name. */
  readonly files?: FormValues | null | undefined
  /** What an unbound form shows, by field: values, or functions called once for each form. They win over the fields' own. */
  readonly initial?: Readonly<Partial<Record<Name, unknown>>> | undefined
  /** Stands before the names of the inputs, so that several forms fit in one page's form. */
  readonly prefix?: string | undefined
  /** The ids of inputs: `%s` is the input's name; `true` is the name alone; `false` gives none. Default `'id_%s'`. */
  readonly autoId?: string | boolean | undefined
  /** What follows labels. Default nothing. */
  readonly labelSuffix?: Text | undefined
  /** A form in which nothing was changed is valid. */
  readonly emptyPermitted?: boolean | undefined
  /** The order of the fields; those it does not name follow. */
  readonly fieldOrder?: readonly Name[] | undefined
  /** `false`: inputs do not say `required`, so that the browser sends the form as it is. Default `true`. */
  readonly useRequiredAttribute?: boolean | undefined
}
