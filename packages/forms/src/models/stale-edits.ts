import { gettext } from '@nuages/i18n'
import { isStored, type ModelMeta, ValidationError, VersionField } from '@nuages/orm'
import type { AnyForm } from '../forms/base-form.ts'
import { Input } from '../widgets/input.ts'
import { HeldRow } from './held-row.ts'
import { changedSince, rowVersion } from './row-version.ts'
import { ShownVersion, versionName } from './version-field.ts'

type Values = Record<string, unknown>

/**
 * Whether what a form is about to overwrite is what its page showed. The page carries the version of the row; before the row
 * is saved it is read again and compared, inside the transaction that saves it, so that of two who save at once the second
 * is told.
 */
export class StaleEdits {
  readonly #form: AnyForm
  readonly #row: object
  readonly #meta: ModelMeta
  readonly #edited: readonly string[]
  readonly #key: unknown
  readonly #shown: ShownVersion

  private constructor(form: AnyForm, row: object, meta: ModelMeta, edited: readonly string[]) {
    this.#form = form
    this.#row = row
    this.#meta = meta
    this.#edited = edited
    this.#key = (row as Values)[meta.pk.attribute]
    this.#shown = new ShownVersion(form.isBound ? this.#sent() : undefined, () => this.#versionOfPage())
    form.fields[versionName]!.initial = this.#shown
  }

  /** Watches a form with a version field; a row that is new cannot be changed by others, so its form goes without. */
  static watch(form: AnyForm, row: object, meta: ModelMeta, edited: readonly string[]): StaleEdits | undefined {
    if (!Object.hasOwn(form.fields, versionName)) return undefined
    if (isStored(row)) return new StaleEdits(form, row, meta, edited)
    delete form.fields[versionName]
    return undefined
  }

  /** What the page sent; `undefined` where it has no such input: then there is nothing to compare with. */
  #sent(): string | undefined {
    const sent = this.#form.data.get(this.#form.addPrefix(versionName))
    if (sent === undefined || sent === null || sent === '') return undefined
    return typeof sent === 'string' ? sent : 'not a text'
  }

  /** What this form can overwrite: fields that it does not show, or shows without editing, are not its business. */
  #names(): readonly string[] {
    const { fields } = this.#form
    return this.#edited.filter((name) => Object.hasOwn(fields, name) && !fields[name]!.disabled)
  }

  async #versionOfPage(): Promise<string> {
    const { values } = await HeldRow.of(this.#row, this.#meta, this.#key, this.#names())
    return rowVersion(this.#meta, this.#key, values)
  }

  /** Reads the row again. Where another changed or deleted it, the form has an error that says so, and the answer is `false`. */
  async check(): Promise<boolean> {
    const held = await HeldRow.now(this.#row, this.#meta, this.#key, this.#names())
    if (!held) return this.#report(deletedError(this.#meta))
    // The next time it is sent, the visitor has seen what is there now.
    this.#shown.value = rowVersion(this.#meta, this.#key, held.values)
    const sent = this.#sent()
    if (sent === undefined) return true
    const changed = changedSince(sent, this.#meta, this.#key, held.values)
    if (!changed) return this.#report(staleError(unreadable(this.#meta)))
    const overwritten = changed.filter((name) => !this.#agrees(held, name))
    if (overwritten.length === 0) return this.#takeVersion(held)
    const presently = await Promise.all(overwritten.map((name) => this.#presently(held, name)))
    return this.#report(staleError(stale(this.#meta, presently)))
  }

  /**
   * A model that counts its changes would refuse the row where another changed what this form does not show. It is locked by
   * now, and what the form shows is as its page had it.
   */
  #takeVersion(held: HeldRow): true {
    const version = this.#meta.fields.find((field) => field instanceof VersionField)
    if (version) (this.#row as Values)[version.attribute] = (held.row as Values)[version.attribute]
    return true
  }

  /** Both have entered the same: nothing is lost. */
  #agrees(held: HeldRow, name: string): boolean {
    const cleaned = this.#form.cleanedData as Values
    return Object.hasOwn(cleaned, name) && held.holds(name, cleaned[name])
  }

  async #presently(held: HeldRow, name: string): Promise<string> {
    const { label, field } = this.#form.get(name)
    if (field.widget instanceof Input && field.widget.inputType === 'password')
      return gettext('{label} is another.', { label })
    const shown = await held.shown(name)
    return shown === ''
      ? gettext('{label} is now empty.', { label })
      : gettext('{label} is now “{value}”.', { label, value: shown })
  }

  #report(error: ValidationError): false {
    this.#form.addError(null, error)
    return false
  }
}

function staleError(message: string): ValidationError {
  return new ValidationError(message, { code: 'stale' })
}

function stale({ verboseName }: ModelMeta, presently: readonly string[]): string {
  return gettext(
    'Somebody else changed this {model} after you opened it. {now} What you entered is kept here: save again to put it in place of that.',
    { model: verboseName, now: presently.join(' ') },
  )
}

function unreadable({ verboseName }: ModelMeta): string {
  return gettext(
    'It cannot be told whether somebody else changed this {model} after you opened it. What you entered is kept here: save again to put it in place of what is there.',
    { model: verboseName },
  )
}

/** Told to who saves a row that has another version by now. */
export function changedError({ verboseName }: ModelMeta): ValidationError {
  return staleError(
    gettext(
      'Somebody else changed this {model} after you opened it. What you entered is kept here, to be copied: open it again.',
      { model: verboseName },
    ),
  )
}

/** Told to who saves a row that is no more. */
export function deletedError({ verboseName }: ModelMeta): ValidationError {
  const message = gettext(
    'Somebody else deleted this {model} after you opened it, so it cannot be saved. What you entered is kept here, to be copied.',
    { model: verboseName },
  )
  return new ValidationError(message, { code: 'deleted' })
}
