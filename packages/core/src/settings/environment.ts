import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ImproperlyConfigured } from '@nuages/foundation'

const truthy = new Set(['1', 'true', 'yes', 'on'])
const falsy = new Set(['0', 'false', 'no', 'off'])
const loaded = new Set<string>()

/**
 * Reads `<dir>/.env` into `process.env`, once a process; what the real environment sets wins. Nothing is read when
 * NODE_ENV is `production`: there, the environment is the deployment's business.
 */
export function loadEnvironmentFile(dir: string = process.cwd()): void {
  if (process.env.NODE_ENV === 'production' || loaded.has(dir)) return
  loaded.add(dir)
  const file = join(dir, '.env')
  if (existsSync(file)) process.loadEnvFile(file)
}

function read(name: string): string | undefined {
  loadEnvironmentFile()
  return process.env[name]
}

function wrong(name: string, got: string, takes: string): ImproperlyConfigured {
  return new ImproperlyConfigured(`The environment variable ${name} is '${got}'; it takes ${takes}.`)
}

/** What `read` gives, parsed; an empty value counts as not set, as `NAME=` in an `.env` file means. */
function parsed<T>(name: string, defaultValue: T | undefined, parse: (text: string) => T): T | undefined {
  const text = read(name)?.trim()
  return text === undefined || text === '' ? defaultValue : parse(text)
}

function string(name: string): string | undefined
function string(name: string, defaultValue: string): string
function string(name: string, defaultValue?: string): string | undefined {
  return read(name) ?? defaultValue
}

function boolean(name: string): boolean | undefined
function boolean(name: string, defaultValue: boolean): boolean
function boolean(name: string, defaultValue?: boolean): boolean | undefined {
  return parsed(name, defaultValue, (text) => {
    const word = text.toLowerCase()
    if (truthy.has(word)) return true
    if (falsy.has(word)) return false
    throw wrong(name, text, `one of ${[...truthy, ...falsy].join(', ')}`)
  })
}

function number(name: string): number | undefined
function number(name: string, defaultValue: number): number
function number(name: string, defaultValue?: number): number | undefined {
  return parsed(name, defaultValue, (text) => {
    const value = Number(text)
    if (!Number.isFinite(value)) throw wrong(name, text, 'a number')
    return value
  })
}

function url(name: string): string | undefined
function url(name: string, defaultValue: string): string
function url(name: string, defaultValue?: string): string | undefined {
  return parsed(name, defaultValue, (text) => {
    if (!URL.canParse(text)) throw wrong(name, text, "a URL, such as 'https://example.com/' or 'sqlite:db.sqlite3'")
    return text
  })
}

function list(name: string, defaultValue: readonly string[] = []): readonly string[] {
  const text = read(name)
  if (text === undefined) return defaultValue
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

function required(name: string): string {
  const text = read(name)
  if (text === undefined || text === '') {
    throw new ImproperlyConfigured(`The environment variable ${name} is not set, and this project needs it.`, {
      hint: `Set ${name} where the process is started or, in development, in the file .env.`,
    })
  }
  return text
}

/**
 * Reads environment variables for a settings file. In development `.env` of the working directory is read first. Without
 * a default, a variable that is not set is `undefined` (an empty list for `list`); a value that does not parse throws
 * `ImproperlyConfigured`, naming the variable, what it got and what it takes.
 */
export const env = {
  /** The text as it is. */
  string,
  /** `1 true yes on` or `0 false no off`, in any case. */
  boolean,
  /** A finite number. */
  number,
  /** A URL, as text. */
  url,
  /** Texts separated by commas. */
  list,
  /** The text; throws when it is not set or empty. */
  required,
} as const
