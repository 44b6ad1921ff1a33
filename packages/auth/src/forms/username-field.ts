import { type Attributes, CharField, type FieldOptions, type FormFieldClass, type Widget } from '@nuages/forms'
import type { UserModel } from '../users/get-user-model.ts'
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

/** The form field of the usernames of a model, in place of the usual one; an address has one of its own. */
export function usernameFieldClasses({
  meta,
  usernameField,
}: Pick<UserModel, 'meta' | 'usernameField'>): Readonly<Record<string, FormFieldClass>> {
  const field = meta.field(usernameField) as { readonly factory: string; readonly maxLength?: number } | undefined
  if (field?.factory !== 'char') return {}
  const { maxLength } = field
  class StoredUsernameField extends UsernameField {
    constructor(options: FieldOptions<never>) {
      super('username', { ...options, maxLength } as never)
    }
  }
  return { [usernameField]: StoredUsernameField }
}
