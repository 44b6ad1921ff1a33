import type { PluralRule } from './plural-rule.ts'

/** What a catalogue has for a message: its forms, the singular first, and the rule that chooses among them. */
export interface Translation {
  readonly forms: readonly string[]
  readonly plural: PluralRule
}

/** The messages of one language. */
export type Catalogue = ReadonlyMap<string, Translation>

/** What a message is kept by. The separator is the one that compiled catalogues use. */
export function messageKey(context: string | undefined, message: string): string {
  return context === undefined ? message : `${context}\u0004${message}`
}
