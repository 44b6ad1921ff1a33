import { type FileContent, isFileContent } from '@nuages/files'
import { gettext } from '@nuages/i18n'
import type { ZodType } from 'zod'
import { ClearableFileInput, fileContradiction } from '../widgets/file-input.ts'
import type { Widget } from '../widgets/widget.ts'
import type { FieldOptions, Message, UnlessRequired } from './field-options.ts'
import { converting, found } from './findings.ts'
import { FormField } from './form-field.ts'
import type { FormFile } from './form-file.ts'

type Messages = Readonly<Record<string, Message>>

export interface FileOptions<Required extends boolean = boolean> extends FieldOptions<FormFile, Required> {
  /** In characters of the name. */
  readonly maxLength?: number
  /** A file without content is taken. */
  readonly allowEmptyFile?: boolean
  /** Endings of names, without the dot: `['pdf', 'odt']`. */
  readonly allowedExtensions?: readonly string[]
  /** In bytes. */
  readonly maxSize?: number
}

const fileOptions = ['maxLength', 'allowEmptyFile', 'allowedExtensions', 'maxSize']

/** A file that was sent, or the one that is there already. Django's `FileField`. */
export class FileField<T = FormFile> extends FormField<T> {
  readonly maxLength: number | undefined
  readonly allowEmptyFile: boolean
  readonly allowedExtensions: readonly string[] | undefined
  readonly maxSize: number | undefined

  constructor(factory: string, options: FileOptions = {}, more: readonly string[] = []) {
    super(factory, options as FieldOptions<T>, [...fileOptions, ...more])
    this.maxLength = options.maxLength
    this.allowEmptyFile = options.allowEmptyFile ?? false
    this.allowedExtensions = options.allowedExtensions?.map((extension) => extension.toLowerCase())
    this.maxSize = options.maxSize
  }

  protected override defaultWidget(): Widget {
    return new ClearableFileInput()
  }

  protected override schema(): ZodType {
    const { maxLength, maxSize, allowedExtensions } = this
    let schema: ZodType<FileContent> = converting((value) => (isFileContent(value) ? value : undefined)).refine(
      ({ name }) => name !== '' && !name.includes('\0'),
      found('invalid'),
    )
    if (!this.allowEmptyFile) schema = schema.refine(({ size }) => size > 0, found('empty'))
    if (maxLength !== undefined) {
      schema = schema.refine(({ name }) => name.length <= maxLength, found('max_length', { limit: maxLength }))
    }
    if (maxSize !== undefined)
      schema = schema.refine(({ size }) => size <= maxSize, found('max_size', { limit: maxSize }))
    if (!allowedExtensions) return schema
    return schema.refine(
      ({ name }) => allowedExtensions.includes(extensionOf(name)),
      found('invalid_extension', { allowed: allowedExtensions.join(', ') }),
    )
  }

  override clean(raw: unknown, initial?: unknown): T | Promise<T> {
    if (raw === fileContradiction) this.fail('contradiction')
    if (raw === false && !this.required) return false as T
    if (!raw && initial) return initial as T
    if (this.disabled) return (initial ?? null) as T
    return super.clean(raw === false ? null : raw, initial)
  }

  /** A page cannot show a file that was sent, only the one that is there. */
  override boundData(_data: unknown, initial: unknown): unknown {
    return initial
  }

  override hasChanged(_initial: unknown, data: unknown): boolean {
    return !this.disabled && data !== null && data !== undefined
  }

  protected override defaultMessages(): Messages {
    return {
      ...super.defaultMessages(),
      invalid: gettext('No file was sent: the form has to be sent as multipart/form-data.'),
      empty: gettext('This file is empty.'),
      max_length: ({ limit }) => gettext('The name of the file may have at most {limit} characters.', { limit }),
      max_size: ({ limit }) => gettext('The file may have at most {limit} bytes.', { limit }),
      invalid_extension: ({ allowed }) =>
        gettext('Files of this kind are not allowed. Allowed are: {allowed}.', { allowed }),
      contradiction: gettext('Either choose a file or clear the one that is there, not both.'),
    }
  }
}

/** The ending of a name, in lower case, without the dot. */
function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase()
}

/** A file. Where it is not required the value may be `null`, and `false` where the visitor cleared the one that was there. */
export function file<const Required extends boolean = true>(
  options: FileOptions<Required> = {},
): FormField<FormFile | UnlessRequired<Required, null | false>> {
  return new FileField('file', options) as never
}
