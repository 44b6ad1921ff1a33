import { fillMessage, getLanguage, gettext, ngettext, npgettext, pgettext } from '@nuages/i18n'
import type { TemplateLibrary } from '../engine.ts'
import { asIs, printed } from '../runtime/printing.ts'
import { escapeHtml, markSafe, SafeString } from '../safe-string.ts'
import { textOf } from './filter-text.ts'

type Values = Readonly<Record<string, unknown>>

/**
 * A message with its values. It is text, escaped where it is printed; with a value that is safe HTML it is HTML, and the message
 * and the other values are escaped at once.
 */
function filled(message: string, values: Values): string | SafeString {
  const entries = Object.entries(values)
  if (entries.length === 0) return message
  const isHtml = entries.some(([, value]) => value instanceof SafeString)
  if (!isHtml)
    return fillMessage(
      message,
      shown(entries, (value) => printed(value, asIs, false)),
    )
  const html = shown(entries, (value) =>
    value instanceof SafeString ? String(value) : printed(value, escapeHtml, false),
  )
  return markSafe(fillMessage(escapeHtml(message), html))
}

function shown(entries: readonly [string, unknown][], show: (value: unknown) => string): Values {
  return Object.fromEntries(entries.map(([name, value]) => [name, show(value)]))
}

function trans(_context: unknown, args: readonly unknown[], named: Values): string | SafeString {
  const [message, context, isUntranslated] = args
  const text = textOf(message)
  if (isUntranslated === true) return filled(text, named)
  return filled(context === null ? gettext(text) : pgettext(textOf(context), text), named)
}

/** The message is HTML that the template's author wrote, and so is what is printed in it. */
function blockTrans(_context: unknown, args: readonly unknown[], named: Values): SafeString {
  const [singular, plural, count, context] = args as readonly [string, string | null, unknown, unknown]
  return markSafe(fillMessage(blockMessage(singular, plural, count, context), named))
}

function blockMessage(singular: string, plural: string | null, count: unknown, context: unknown): string {
  if (plural === null) return context === null ? gettext(singular) : pgettext(textOf(context), singular)
  const number = typeof count === 'bigint' ? count : Number(count)
  const own = { count: '{count}' }
  if (context === null) return ngettext(singular, plural, number, own)
  return npgettext(textOf(context), singular, plural, number, own)
}

/** `{{ _('Hello {name}', name=user.name) }}` */
function underscore(message: unknown, values: Values = {}): string | SafeString {
  return filled(gettext(textOf(message)), values)
}

/** What templates have for translations, beside the syntax of `{% trans %}` and `{% blocktrans %}`. */
export const translationLibrary: TemplateLibrary = {
  tags: { trans, blocktrans: blockTrans },
  globals: {
    _: underscore,
    getLanguage,
    pgettext: (context: unknown, message: unknown, values: Values = {}) =>
      filled(pgettext(textOf(context), textOf(message)), values),
    ngettext: (singular: unknown, plural: unknown, count: number, values: Values = {}) =>
      filled(ngettext(textOf(singular), textOf(plural), count, { count: '{count}' }), { count, ...values }),
  },
}
