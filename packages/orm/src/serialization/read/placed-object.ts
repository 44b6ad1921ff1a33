import { DeserializationError, type Place, placeText } from '../errors.ts'
import { parseExact } from '../exact-json.ts'

/** An object of a file, with where it stands. */
export interface PlacedObject {
  readonly place: Place
  readonly value: Readonly<Record<string, unknown>>
}

/** Reads the text of one object. Throws `DeserializationError`. */
export function parseObject(text: string, place: Place): PlacedObject {
  let value: unknown
  try {
    value = parseExact(text)
  } catch (error) {
    throw notJson(text, place, error)
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { place, value: value as never }
  throw notAnObject(text, place)
}

export function notAnObject(text: string, place: Place): DeserializationError {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text
  return new DeserializationError(
    `${placeText(place)}: '${shown}' is no object {"model": …, "pk": …, "fields": {…}}.`,
    {
      place,
    },
  )
}

function notJson(text: string, place: Place, cause: unknown): DeserializationError {
  const message = cause instanceof Error ? cause.message : String(cause)
  const line = place.line + text.slice(0, positionOf(message, text)).split('\n').length - 1
  const reason = message.replace(/ in JSON at position.*$/s, '').replace(/, (?:\.\.\.)?".*is not valid JSON$/s, '')
  return new DeserializationError(`${placeText({ ...place, line })}: no valid JSON: ${reason}.`, { place, cause })
}

/** Where V8 says that a text is wrong: it tells the position, or a piece of the text around it. */
function positionOf(message: string, text: string): number {
  const position = /at position (\d+)/.exec(message)?.[1]
  if (position !== undefined) return Number(position)
  const [, wrong = '', before, piece = '', after] =
    /^Unexpected token '(.*?)', (\.\.\.)?"(.*)"(\.\.\.)? is not valid JSON$/s.exec(message) ?? []
  const at = Math.max(text.indexOf(piece), 0)
  // V8 shows ten characters on both sides, as far as there are any.
  const skipped = before === undefined && after === undefined ? piece.indexOf(wrong) : before === undefined ? 0 : 10
  return at + Math.max(skipped, 0)
}
