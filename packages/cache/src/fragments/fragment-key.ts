import { hash } from 'node:crypto'
import { TemplateTagError } from '@nuages/core'
import { currentTimeZone, getLanguage } from '@nuages/i18n'

/**
 * The key of what `{% cache … %}` keeps under a name, for the values that stand after it, in the active language and time zone: to
 * take it out, `await caches.get().delete(makeTemplateFragmentKey('sidebar', [user.id]))`. Django's
 * `make_template_fragment_key`, which leaves language and zone to the author. Throws `TemplateTagError` for a value that is told
 * from no other.
 */
export function makeTemplateFragmentKey(name: string, varyOn: readonly unknown[] = []): string {
  const values = varyOn.map((value) => (value === undefined || value === null ? null : textOf(value, name)))
  return `template.cache.${name}.${hash('sha256', JSON.stringify([getLanguage(), currentTimeZone(), ...values]), 'base64url')}`
}

function textOf(value: unknown, name: string): string {
  const text = String(value)
  // One for all of its kind: two visitors would share what is kept.
  if (typeof value === 'object' && text.startsWith('[object ')) {
    throw new TemplateTagError(`{% cache %} of '${name}' was given an object that has no text of its own.`, {
      hint: 'Name what tells it from others, such as its id: {% cache 300 "sidebar" user.id %}.',
    })
  }
  return text
}
