import type { ValueSource } from '../forms/value-source.ts'
import type { Attributes } from '../rendering/attributes.ts'
import { CheckboxInput } from './checkbox-input.ts'
import { Input } from './input.ts'
import type { WidgetContext } from './widget.ts'

/** `<input type="file">` */
export class FileInput extends Input {
  readonly inputType = 'file'

  override get needsMultipart(): boolean {
    return true
  }

  /** A browser takes no value for a file. */
  override formatValue(_value: unknown): unknown {
    return ''
  }

  override valueFromData(_data: ValueSource, files: ValueSource, name: string): unknown {
    return files.get(name)
  }

  override valueOmittedFromData(_data: ValueSource, files: ValueSource, name: string): boolean {
    return !files.has(name)
  }

  /** A file that is there already need not be sent again. */
  override useRequiredAttribute(initial: unknown): boolean {
    return super.useRequiredAttribute(initial) && !initial
  }
}

/** What was sent where a file was chosen and at the same time to be cleared. */
export const fileContradiction: unique symbol = Symbol('file contradiction')

/** A file input that shows the file that is there, with a box to clear it where the field may be empty. */
export class ClearableFileInput extends FileInput {
  override readonly templateName: string = 'widgets/clearable_file_input.html'

  clearName(name: string): string {
    return `${name}-clear`
  }

  override getContext(name: string, value: unknown, attrs: Attributes): WidgetContext {
    const context = super.getContext(name, value, attrs)
    const clearName = this.clearName(name)
    const { id } = context.attrs
    const stored = isStored(value) ? { name: value.name, url: value.url } : null
    return { ...context, stored, clearName, clearId: id ? `${id}-clear` : clearName, mayClear: !this.isRequired }
  }

  override valueFromData(data: ValueSource, files: ValueSource, name: string): unknown {
    const upload = super.valueFromData(data, files, name)
    const isCleared = new CheckboxInput().valueFromData(data, files, this.clearName(name)) === true
    if (this.isRequired || !isCleared) return upload
    return upload ? fileContradiction : false
  }

  override valueOmittedFromData(data: ValueSource, files: ValueSource, name: string): boolean {
    return super.valueOmittedFromData(data, files, name) && !data.has(this.clearName(name))
  }
}

/** A `FieldFile` whose content is not stored yet has no URL, and says so. */
function isStored(value: unknown): value is { readonly name: string; readonly url: string } {
  if (typeof value !== 'object' || value === null || !('url' in value)) return false
  return !('isStored' in value && value.isStored === false) && Boolean(value.url)
}
