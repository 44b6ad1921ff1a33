/**
 * A field of a form as the templates print it. It is the `BoundField` of `nuages/forms`: `{{ field }}` prints the widget with
 * its `id`, `aria-describedby` and `aria-invalid`, `{{ field.labelTag() }}` its label, `{{ field.errors }}` the list of errors,
 * `{{ field.asFieldGroup() }}` all of it.
 */
export interface PrintedField {
  /** The name in the form: `'title'`. */
  readonly name: string
  /** The name in the HTML, with the form's prefix: `'comments-0-title'`. */
  readonly htmlName: string
  readonly idForLabel: string
  readonly label: string
  readonly helpText: string
  readonly isHidden: boolean
  /** Radio buttons and checkboxes stand in a `<fieldset>` with a `<legend>`. */
  readonly useFieldset: boolean
  /** Printable, and truthy where there are some. */
  readonly errors: object
  labelTag(): object
  asFieldGroup(): object
}

/** Something to print as it is: it renders itself. */
export type Printed = object

/** A hidden input that a page carries along. */
export interface HiddenValue {
  readonly name: string
  readonly value: string
}

/** A link with its text. */
export interface Link {
  readonly label: string
  readonly url: string
}
