import { gettext, ngettext, pgettext } from './gettext.ts'
import type { MessageParams } from './message-params.ts'

/** A text that is translated when it is used: every `String(text)` is in the language that is active then. */
export class LazyText {
  /** The message as it is written, in English: what stays the same whatever is active. */
  readonly message: string
  readonly #translate: () => string

  constructor(message: string, translate: () => string) {
    this.message = message
    this.#translate = translate
  }

  toString(): string {
    return this.#translate()
  }

  toJSON(): string {
    return this.#translate()
  }
}

/** A text, or one that is translated when it is used. */
export type Text = string | LazyText

/**
 * `gettext` for where no language is active yet: the top of a module, where the fields of models and forms are declared.
 * `verboseName: gettextLazy('author')`. Django's `gettext_lazy`.
 */
export function gettextLazy<const Message extends string>(message: Message, params?: MessageParams<Message>): LazyText {
  return new LazyText(message, () => gettext(message, params))
}

/** `pgettext`, translated when it is used. */
export function pgettextLazy<const Message extends string>(
  context: string,
  message: Message,
  params?: MessageParams<Message>,
): LazyText {
  return new LazyText(message, () => pgettext(context, message, params))
}

/** `ngettext`, translated when it is used. */
export function ngettextLazy(singular: string, plural: string, number: number | bigint): LazyText {
  return new LazyText(Number(number) === 1 ? singular : plural, () => ngettext(singular, plural, number))
}

/** A text in the active language. */
export function textOf(text: Text): string {
  return typeof text === 'string' ? text : text.toString()
}

/** A text as it is written, whatever language is active: for what is kept, such as migrations. */
export function sourceOf(text: Text): string {
  return typeof text === 'string' ? text : text.message
}
