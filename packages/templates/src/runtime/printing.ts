import { formatDefault, isDateOrTime } from '@nuages/i18n'
import { TemplateError } from '../errors.ts'
import { escapeHtml, SafeString } from '../safe-string.ts'

/** What a value that is not a string looks like on a page. `encode` is the identity where autoescape is off. */
export function printed(value: unknown, encode: (text: string) => string, debug: boolean): string {
  switch (typeof value) {
    case 'string':
      return encode(value)
    case 'undefined':
      return ''
    case 'object':
      return value === null ? '' : printedObject(value, encode)
    case 'function':
      if (debug) throw printedFunction(value)
      return ''
    default:
      return encode(String(value))
  }
}

function printedObject(value: object, encode: (text: string) => string): string {
  if (value instanceof SafeString) return value.toString()
  if (isDateOrTime(value)) return encode(formatDefault(value))
  if (typeof value.toString !== 'function') {
    throw new TemplateError('an object without toString() cannot be printed', { hint: 'Print one of its members.' })
  }
  return encode(String(value))
}

function printedFunction(value: Function): TemplateError {
  const name = value.name.replace(/^bound /, '') || 'a function'
  return new TemplateError(`'${name}' is a method and is printed without being called`, {
    hint: `Write ${name}() to call it: a template of Nuages reads getters, and calls methods explicitly.`,
  })
}

export function asIs(text: string): string {
  return text
}

/** Joins two values as text: as safe HTML when one of them is, the other escaped. */
export function concatenated(a: unknown, b: unknown): unknown {
  const isSafe = a instanceof SafeString || b instanceof SafeString
  const encode = isSafe ? escapeHtml : asIs
  const text = printed(a, encode, false) + printed(b, encode, false)
  return isSafe ? new SafeString(text) : text
}
