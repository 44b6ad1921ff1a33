import { ImproperlyConfigured } from '@nuages/foundation'
import { escapeHtml, markSafe, type SafeString } from '@nuages/templates'

/** HTML attributes: `true` is the bare name, `false`, `null` and `undefined` leave the attribute out. */
export type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>

// biome-ignore lint/suspicious/noControlCharactersInRegex: what HTML forbids in a name
const forbidden = /[\s"'<>/=\u0000-\u001f\u007f-\u009f]/

/** As they stand in a tag, each with a space before it. Django's `flatatt`. */
export function attributesHtml(attributes: Attributes): SafeString {
  let html = ''
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue
    if (name === '' || forbidden.test(name)) {
      throw new ImproperlyConfigured(`'${name}' is no name of an HTML attribute.`)
    }
    html += value === true ? ` ${name}` : ` ${name}="${escapeHtml(String(value))}"`
  }
  return markSafe(html)
}
