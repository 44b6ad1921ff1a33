import { hash } from 'node:crypto'
import type { FunctionHost, SqlFunction } from './function-host.ts'

const beyondAscii = /[\u0080-\u{10ffff}]/u

/**
 * Every letter becomes one letter, as in PostgreSQL: JavaScript would make `SS` of `ß`, which PostgreSQL keeps, and look at
 * what stands around a sigma.
 */
function letters(text: string, change: (letter: string) => string): string {
  let result = ''
  for (const letter of text) {
    const changed = change(letter)
    result += changed.length === letter.length || [...changed].length === 1 ? changed : letter
  }
  return result
}

const small = (text: string): string =>
  beyondAscii.test(text) ? letters(text, (letter) => (letter === 'İ' ? 'i' : letter.toLowerCase())) : text.toLowerCase()

const capital = (text: string): string =>
  beyondAscii.test(text) ? letters(text, (letter) => letter.toUpperCase()) : text.toUpperCase()

/** Characters, not halves of them, as SQL counts. */
const characters = (text: string): string[] | string => (beyondAscii.test(text) ? [...text] : text)

function joined(list: string[] | string): string {
  return typeof list === 'string' ? list : list.join('')
}

/** Filling of a length, or nothing where the text is as long already. */
function filling(missing: number, fill: string): string {
  const pattern = characters(fill)
  if (pattern.length === 0) return ''
  let result = ''
  for (let at = 0; at < missing; at += 1) result += pattern[at % pattern.length]
  return result
}

/** A text that a function of ours builds is no longer than one that SQLite takes. */
const longest = 1_000_000_000

function pad(text: string, length: number, fill: string, atStart: boolean): string {
  const own = characters(text)
  if (own.length >= length) return joined(own.slice(0, Math.max(length, 0)))
  if (length > longest) throw new RangeError('The text would be longer than SQLite takes.')
  const more = filling(length - own.length, fill)
  return atStart ? more + text : text + more
}

function repeated(text: string, times: number): string {
  if (text.length * times > longest) throw new RangeError('The text would be longer than SQLite takes.')
  return text.repeat(Math.max(times, 0))
}

function hyphenated(hex: string): string {
  if (hex.length !== 32) return hex
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The last characters; below zero all but the first, as PostgreSQL has it. */
function lastOf(text: string, length: number): string {
  const own = characters(text)
  return joined(length >= 0 ? own.slice(Math.max(own.length - length, 0)) : own.slice(-length))
}

/** Functions of text, as PostgreSQL has them. Each gives NULL where an argument is NULL. */
const functions: Readonly<Record<string, SqlFunction>> = {
  nuages_lower: (text: unknown) => small(String(text)),
  nuages_upper: (text: unknown) => capital(String(text)),
  nuages_reverse: (text: unknown) => [...String(text)].reverse().join(''),
  nuages_right: (text: unknown, length: number) => lastOf(String(text), length),
  nuages_repeat: (text: unknown, times: number) => repeated(String(text), times),
  nuages_lpad: (text: unknown, length: number, fill: unknown) => pad(String(text), length, String(fill), true),
  nuages_rpad: (text: unknown, length: number, fill: unknown) => pad(String(text), length, String(fill), false),
  nuages_hash: (algorithm: string, text: unknown) => hash(algorithm, String(text)),
  nuages_hyphenated: (hex: unknown) => hyphenated(String(hex)),
}

export function registerTextFunctions(host: FunctionHost): void {
  for (const [name, implementation] of Object.entries(functions)) registerStrict(host, name, implementation)
}

/** Registers a function that gives NULL where an argument is NULL. Its number of parameters is kept. */
export function registerStrict(host: FunctionHost, name: string, implementation: SqlFunction): void {
  const call = implementation as (...args: unknown[]) => unknown
  const strict: Record<number, SqlFunction> = {
    1: (a: unknown) => (a === null ? null : call(a)),
    2: (a: unknown, b: unknown) => (a === null || b === null ? null : call(a, b)),
    3: (a: unknown, b: unknown, c: unknown) => (a === null || b === null || c === null ? null : call(a, b, c)),
  }
  host.function(name, { deterministic: true }, strict[implementation.length]!)
}
