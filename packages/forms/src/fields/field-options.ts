import type { Text } from '@nuages/i18n'
import type { Validator } from '@nuages/orm'
import type { Widget } from '../widgets/widget.ts'

/** What a message may tell: a limit, a length, the value. */
export type MessageParams = Readonly<Record<string, string | number>>

/** The text of an error, or a function that makes it of what there is to tell. */
export type Message = Text | ((params: MessageParams) => string)

/** A widget, or the class of one. */
export type WidgetOption = Widget | (new () => Widget)

/** Options that every form field takes. */
export interface FieldOptions<T = unknown, Required extends boolean = boolean> {
  /** Default `true`: an empty value is an error. */
  readonly required?: Required
  /** What an unbound form shows: a value, or a function called for each form. */
  readonly initial?: T | (() => T) | null
  /** Default: the field's name in words. */
  readonly label?: Text
  readonly helpText?: Text
  /** Other texts for errors, by their code: `{ required: 'Say your name.' }`. */
  readonly errorMessages?: Readonly<Record<string, Message>>
  /** Called with the value; each throws `ValidationError` where it does not accept it. */
  readonly validators?: readonly Validator[]
  /** The visitor sees the value and cannot change it: whatever is sent, the initial value is taken. */
  readonly disabled?: boolean
  /** Numbers are shown and read with separators between thousands. */
  readonly localize?: boolean
  readonly widget?: WidgetOption
  /** What follows the label; the form's own where it is left out. */
  readonly labelSuffix?: Text
  /** Sends the initial value along, hidden, so that a change is told from what the page showed. */
  readonly showHiddenInitial?: boolean
}

/** What a field that is not required holds beside its type. */
export type UnlessRequired<Required extends boolean, Empty = null> = Required extends true ? never : Empty

export const commonOptions: readonly string[] = [
  'required',
  'initial',
  'label',
  'helpText',
  'errorMessages',
  'validators',
  'disabled',
  'localize',
  'widget',
  'labelSuffix',
  'showHiddenInitial',
]
