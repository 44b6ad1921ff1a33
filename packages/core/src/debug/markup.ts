/** HTML that is complete: put into a template of `html`, it is not escaped again. */
export class Markup {
  readonly source: string

  constructor(source: string) {
    this.source = source
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(value: unknown): string {
  if (value instanceof Markup) return value.source
  if (Array.isArray(value)) return value.map(escaped).join('')
  if (value === undefined || value === null || value === false) return ''
  return String(value).replace(/[&<>"']/g, (character) => entities[character]!)
}

/**
 * Builds the framework's own pages, which must work while the project's templates do not. Values are escaped; `Markup`,
 * and arrays of it, are put in as they are; nothing, null and false vanish.
 */
export function html(strings: TemplateStringsArray, ...values: readonly unknown[]): Markup {
  return new Markup(strings.reduce((text, part, index) => text + escaped(values[index - 1]) + part))
}
