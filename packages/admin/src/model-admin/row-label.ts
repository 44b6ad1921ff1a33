import type { RuntimeModel } from '@nuages/orm'

/** A row in words. One whose own text is blank is called as a model without a text is: a link needs words. */
export function rowLabel(row: object): string {
  const text = String(row)
  if (/[^\s\p{C}]/u.test(text)) return text
  const { meta } = row.constructor as unknown as RuntimeModel
  return `${meta.name} object (${String((row as { readonly pk?: unknown }).pk)})`
}
