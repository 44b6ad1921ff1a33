/** A chosen row of an autocomplete. */
export interface ChosenRow {
  readonly key: string
  readonly text: string
  /** Its change page, where the user may open it. */
  readonly url: string | null
}

/**
 * The autocomplete of foreign keys and many-to-many, `admin/widgets/autocomplete.html`. It is a text input with the keys,
 * several with commas between, the chosen rows in words, and a link to the list where a key can be looked up: that works
 * without script. The script makes a combobox of it by these attributes of the element around them, which the template writes:
 *
 * - `data-autocomplete`, `data-url` (JSON, see below), `data-multiple`, `data-required`, `data-placeholder`.
 *
 * `GET url&term=ann&page=2` answers `{ results: [{ id, text }], pagination: { more } }`, as Django's does; 403 and 404 are
 * JSON with `error`.
 */
export interface AutocompleteWidget {
  readonly name: string
  /** The attributes of the input: `id`, `required`, `aria-describedby`, `aria-invalid`, … */
  readonly attributes: Readonly<Record<string, string | boolean>>
  /** What the input holds: `'12'`, `'3,5,8'`. */
  readonly value: string
  readonly chosen: readonly ChosenRow[]
  readonly multiple: boolean
  /** `null` for a plain input of keys, `rawIdFields`: no combobox. */
  readonly url: string | null
  /** The change list of the other model, to look keys up; `null` where the user may not see it. */
  readonly lookupUrl: string | null
  readonly placeholder: string
}
