import { type Attributes, CharField, type Widget } from '@nuages/forms'
import { normalizeUsername } from '../users/username.ts'

/** A username, in the form in which it is stored: two spellings that look the same are the same. Django's `UsernameField`. */
export class UsernameField extends CharField {
  protected override prepare(raw: unknown): unknown {
    const text = super.prepare(raw)
    // Normalising takes its time, and a name that is too long is refused anyway.
    if (typeof text !== 'string' || (this.maxLength !== undefined && text.length > this.maxLength)) return text
    return normalizeUsername(text)
  }

  override widgetAttributes(widget: Widget): Attributes {
    return { ...super.widgetAttributes(widget), autocapitalize: 'none', autocomplete: 'username', spellcheck: 'false' }
  }
}
