import { ImproperlyConfigured } from '@nuages/foundation'
import type { FormValues } from '../forms/value-source.ts'

/** How many forms a formset has, and what may be done with them. */
export interface FormSetOptions {
  /** Empty forms after those with initial values. Default 1. */
  readonly extra?: number
  /** Forms that are shown at least. Default 0. */
  readonly minNum?: number
  /** Forms that are shown at most. Default 1000. */
  readonly maxNum?: number
  /** Forms that are read at most, however many a page sends. Default `maxNum + 1000`. */
  readonly absoluteMax?: number
  /** Fewer forms than `minNum` are an error. */
  readonly validateMin?: boolean
  /** More forms than `maxNum` are an error. */
  readonly validateMax?: boolean
  /** Each form has a field `ORDER`. */
  readonly canOrder?: boolean
  /** Each form has a field `DELETE`. */
  readonly canDelete?: boolean
  /** `false`: only forms that were there before have `DELETE`. Default `true`. */
  readonly canDeleteExtra?: boolean
}

export const formSetOptionNames: readonly (keyof FormSetOptions)[] = [
  'extra',
  'minNum',
  'maxNum',
  'absoluteMax',
  'validateMin',
  'validateMax',
  'canOrder',
  'canDelete',
  'canDeleteExtra',
]

export type FormSetSettings = Required<FormSetOptions>

const forms = 1000

/** The options, with what they are where they are left out. */
export function formSetSettings(options: FormSetOptions): FormSetSettings {
  const maxNum = options.maxNum ?? forms
  const settings = {
    extra: 1,
    minNum: 0,
    maxNum,
    absoluteMax: maxNum + forms,
    validateMin: false,
    validateMax: false,
    canOrder: false,
    canDelete: false,
    canDeleteExtra: true,
    ...Object.fromEntries(
      formSetOptionNames.map((name) => [name, options[name]]).filter(([, value]) => value !== undefined),
    ),
  }
  if (settings.absoluteMax < maxNum) {
    throw new ImproperlyConfigured(
      `A formset takes at most ${settings.absoluteMax} forms (absoluteMax), fewer than the ${maxNum} that it shows (maxNum).`,
    )
  }
  return settings
}

/** What a formset is made with; everything may be left out. */
export interface FormSetInit {
  /** What was sent. With `data` or `files` the formset is bound. */
  readonly data?: FormValues | null | undefined
  readonly files?: FormValues | null | undefined
  /** Initial values, for each form by the names of its fields. */
  readonly initial?: readonly Readonly<Record<string, unknown>>[] | undefined
  /** Stands before the names of all inputs: another one for each formset of a page. Default `'form'`. */
  readonly prefix?: string | undefined
  /** The ids of inputs: `%s` is the input's name. Default `'id_%s'`. */
  readonly autoId?: string | boolean | undefined
  /** What the forms are made with beside that, such as what a form of your own asks for. */
  readonly formOptions?: Readonly<Record<string, unknown>> | undefined
}
