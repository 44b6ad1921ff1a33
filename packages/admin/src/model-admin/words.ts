import type { ModelMeta } from '@nuages/orm'

/** With its first letter as a capital. Django's `capfirst`. */
export function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

/** `'one, two and three'` */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

const groups = new Intl.NumberFormat('en-US')

/** `'1 post'`, `'10,000 posts'` */
export function counted(count: number, meta: ModelMeta): string {
  return `${groups.format(count)} ${count === 1 ? meta.verboseName : meta.verboseNamePlural}`
}

/** `'10,000'` */
export function withSeparators(count: number): string {
  return groups.format(count)
}

/** `'wordCount'` → `'Word count'`, as labels are made of names. */
export function labelOfName(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .trim()
  return capitalised(words.toLowerCase())
}
