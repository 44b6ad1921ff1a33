import { BadMailHeader } from './errors.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const forbidden = /[\0-\x08\x0a-\x1f\x7f\u0085\u2028\u2029]/

/** Headers that are made of the message's own fields, with the field to use. */
const ownFields: Readonly<Record<string, string>> = {
  from: 'from',
  to: 'to',
  cc: 'cc',
  bcc: 'bcc',
  'reply-to': 'replyTo',
  subject: 'subject',
  'mime-version': 'attachments',
  'content-type': 'text, html and attachments',
  'content-transfer-encoding': 'text, html and attachments',
  'content-disposition': 'attachments',
}

/**
 * A text that will stand in a header, as it may: lone surrogates are replaced. Throws `BadMailHeader` for a line break or
 * another control character, which is how headers are injected.
 */
export function headerText(field: string, value: string): string {
  const at = value.search(forbidden)
  if (at !== -1) {
    const code = value.charCodeAt(at).toString(16).padStart(4, '0')
    throw new BadMailHeader(`The mail's ${field} has the control character U+${code.toUpperCase()} at ${at}.`, {
      hint: 'A header is one line. What visitors write belongs into the text of the message, or has its lines joined first.',
    })
  }
  return value.toWellFormed()
}

/** RFC 5322's most characters of a line is 998; a header is folded at its spaces only. */
const longestWord = 900

/** A text that can be folded into lines that servers take. Throws `BadMailHeader`. */
export function foldable(field: string, value: string): string {
  if (!hasLongWord(value)) return value
  throw new BadMailHeader(
    `The mail's ${field} has a word of more than ${longestWord} characters, which fits on no line.`,
  )
}

export function hasLongWord(value: string): boolean {
  return value.length > longestWord && value.split(/[ \t]/).some((word) => word.length > longestWord)
}

/** The headers of a message besides its own fields. Throws `BadMailHeader` for a name that cannot be one, or is a field's. */
export function customHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      if (!/^[!-9;-~]{1,76}$/.test(name)) {
        throw new BadMailHeader(`'${JSON.stringify(name).slice(1, -1)}' cannot be the name of a mail's header.`, {
          hint: "A name is of letters, digits and hyphens, as 'X-Campaign' is.",
        })
      }
      const field = ownFields[name.toLowerCase()]
      if (field !== undefined) {
        throw new BadMailHeader(`The header '${name}' is made by the message itself.`, { hint: `Use ${field}.` })
      }
      return [name, foldable(`header ${name}`, headerText(`header ${name}`, String(value)))]
    }),
  )
}
