import { fillMessage, type MessageParams, type PlaceholderOf } from './message-params.ts'
import { translated, translatedPlural } from './translations.ts'

/** What is put into a message with a number: `{count}` is the number where nothing else is given for it. */
export type PluralParams<Singular extends string, Plural extends string> = string extends Singular | Plural
  ? Readonly<Record<string, unknown>>
  : { readonly [Name in Exclude<PlaceholderOf<Singular> | PlaceholderOf<Plural>, 'count'>]: unknown } & {
      readonly count?: unknown
    }

/**
 * A message in the active language, or the message itself where there is no translation: `gettext('Hello {name}', { name })`.
 * Names in braces are replaced by `params`, after the translation. Django's and GNU's `gettext`.
 */
export function gettext<const Message extends string>(message: Message, params?: MessageParams<Message>): string {
  return fillMessage(translated(undefined, message), params)
}

/** The same for a word that means different things: `pgettext('month', 'May')`. Catalogues call it `msgctxt`. */
export function pgettext<const Message extends string>(
  context: string,
  message: Message,
  params?: MessageParams<Message>,
): string {
  return fillMessage(translated(context, message), params)
}

/**
 * The form of a message that goes with `number`, by the rules of the active language:
 * `ngettext('{count} file', '{count} files', files.length)`. `{count}` is the number.
 */
export function ngettext<const Singular extends string, const Plural extends string>(
  singular: Singular,
  plural: Plural,
  number: number | bigint,
  params?: PluralParams<Singular, Plural>,
): string {
  return fillMessage(translatedPlural(undefined, singular, plural, number), { count: number, ...params })
}

/** `ngettext` with a context. */
export function npgettext<const Singular extends string, const Plural extends string>(
  context: string,
  singular: Singular,
  plural: Plural,
  number: number | bigint,
  params?: PluralParams<Singular, Plural>,
): string {
  return fillMessage(translatedPlural(context, singular, plural, number), { count: number, ...params })
}
