import type { Answers } from '@nuages/orm/migrations'
import { UsageError } from '../errors.ts'

/**
 * The answers that `--rename` and `--default` give: `blog.Post.title=headline` (nothing after the `=` says that it is gone) and
 * `blog.Post.title="text"`, whose value is JSON, or text where it is no JSON.
 * @throws UsageError for one without its `=`
 */
export function givenAnswers(renames: readonly string[], defaults: readonly string[]): Answers {
  return {
    renames: Object.fromEntries(
      renames.map((text) => split('--rename', text)).map(([key, value]) => [key, value === '' ? null : value]),
    ),
    defaults: Object.fromEntries(
      defaults.map((text) => split('--default', text)).map(([key, value]) => [key, toValue(value)]),
    ),
  }
}

/** JSON where it is JSON, else the text itself: `0`, `true`, `null`, `"0"`, `untitled`. */
export function toValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function split(option: string, text: string): [key: string, value: string] {
  const at = text.indexOf('=')
  if (at < 1)
    throw new UsageError(
      `${option} takes what it is about and the answer, such as ${option} blog.Post.title=…, not '${text}'.`,
    )
  return [text.slice(0, at), text.slice(at + 1)]
}
