import { inspect } from 'node:util'
import { didYouMean, withArticle } from '@nuages/foundation'
import type { z } from 'zod'
import type { SettingsProblem } from '../errors.ts'
import { settingWords } from './settings-schema.ts'

/** A validation's findings as sentences: the setting, what it got, what it takes. `prefix` is the section of an app. */
export function settingsProblems(error: z.ZodError, input: unknown, prefix?: string): SettingsProblem[] {
  return error.issues.flatMap((issue) => {
    const path = prefix === undefined ? issue.path : [prefix, ...issue.path]
    if (issue.code === 'unrecognized_keys') return unknownKeys(issue.keys, path)
    const key = dotted(path)
    const got = valueAt(input, issue.path)
    return [
      { key, message: `${key} ${got === undefined ? 'is not set' : `is ${shown(key, got)}`}${wayOut(path, issue)}` },
    ]
  })
}

function unknownKeys(keys: readonly string[], path: readonly PropertyKey[]): SettingsProblem[] {
  const section = dotted(path)
  const known = [...settingWords.keys()]
    .filter((name) => name.startsWith(`${section}.`))
    .map((name) => name.slice(section.length + 1))
  return keys.map((key) => ({
    key: `${section}.${key}`,
    message: `there is no setting '${key}' in ${section}.${didYouMean(key, known)}${known.length > 0 ? ` It has: ${known.join(', ')}.` : ''}`,
  }))
}

/** What the innermost setting on the way to the value takes; an app's own settings say it in zod's words. */
function wayOut(path: readonly PropertyKey[], issue: { readonly message: string }): string {
  for (let length = path.length; length > 0; length--) {
    const words = settingWords.get(path.slice(0, length).map(String).join('.'))
    if (words) return `; ${length === path.length ? 'it' : dotted(path.slice(0, length))} takes ${words}.`
  }
  return `: ${issue.message}.`
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], input)
}

function shown(key: string, value: unknown): string {
  if (key.startsWith('secretKey')) return withArticle(typeof value)
  if (typeof value === 'string') return `'${value}'`
  return typeof value === 'function'
    ? 'a function'
    : inspect(value, { depth: 0, breakLength: Number.POSITIVE_INFINITY })
}

/** `allowedHosts[1]`, `templates.dirs[0]`. */
function dotted(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    '',
  )
}
