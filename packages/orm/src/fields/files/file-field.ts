import { defaultStorage, isFileContent, partsOfName, type Storage } from '@nuages/files'
import type { SqlValue } from '../../backends/database.ts'
import { type Decoder, Field, type FieldOptions, type IsKey, type OnlyKnown, type Vendor } from '../field.ts'
import { FieldFile, StoredName } from './field-file.ts'
import { checkUploadTo, type UploadTo, uploadName } from './upload-path.ts'

export interface FileOptions extends FieldOptions<string> {
  readonly uploadTo?: UploadTo
  /** Where the files are kept, or what tells it; `defaultStorage()` unless told. */
  readonly storage?: Storage | (() => Storage)
  /** Of the stored name, in characters; 100 unless told. */
  readonly maxLength?: number
}

/** The attribute's type: a field that may be empty may be `null`. */
export type FileValue<O> = FieldFile | (O extends { readonly null: true } | { readonly blank: true } ? null : never)

/** Whether `create` may leave the file out. */
export type IsOptionalFile<O> = O extends
  | { readonly null: true }
  | { readonly blank: true }
  | { readonly default: unknown }
  ? true
  : false

/** A column with the name of a stored file; `''` where there is none, or NULL with `null`. Django's `FileField`. */
export class FileField extends Field {
  readonly kind = 'text'
  readonly factory: 'file' | 'image'
  readonly maxLength: number
  readonly uploadTo: UploadTo
  readonly storage: () => Storage

  constructor(factory: 'file' | 'image', options: FileOptions) {
    super(factory, options, ['maxLength', 'storage', 'uploadTo'])
    const { storage = defaultStorage, uploadTo = '' } = options
    checkUploadTo(factory, uploadTo)
    this.factory = factory
    this.maxLength = options.maxLength ?? 100
    this.uploadTo = uploadTo
    this.storage = typeof storage === 'function' ? storage : () => storage
  }

  columnType(_vendor: Vendor): string {
    return `varchar(${this.maxLength})`
  }

  override toSql(value: unknown): SqlValue {
    return value === null && !this.null ? '' : super.toSql(value)
  }

  protected encode(value: unknown): SqlValue {
    if (typeof value === 'string') return value
    if (!(value instanceof FieldFile)) return this.refuse(value, 'a file, or the name of a stored one')
    return value.isStored ? value.name : this.refuse(value.name, 'a stored file (save its row first)')
  }

  override decoder(): Decoder {
    const { storage } = this
    return (raw) => (raw === '' ? null : new FieldFile(new StoredName(raw as string, storage)))
  }

  /** An upload or a stored name as a file. Throws `SuspiciousFileName` for a name that leads out of the storage. */
  override fromInput(value: unknown): unknown {
    if (value === '' || value === undefined) return null
    if (typeof value === 'string') {
      partsOfName(value)
      return new FieldFile(new StoredName(value, this.storage))
    }
    return value !== null && !(value instanceof FieldFile) && isFileContent(value) ? new FieldFile(value) : value
  }

  override parse(value: unknown): unknown {
    const file = this.fromInput(value)
    return file === null || file instanceof FieldFile ? file : this.refuse(value, 'a file')
  }

  override initialValue(): unknown {
    return this.fromInput(super.initialValue())
  }

  override valueForSave(current: unknown, _add: boolean): unknown {
    return this.fromInput(current)
  }

  /** Stores a file of `row` that is not stored yet; returns what takes that back. */
  store(file: FieldFile, row: object): Promise<() => Promise<void>> {
    const name = file.isStored ? file.name : uploadName(this.uploadTo, row, file.name)
    return FieldFile.store(file, new StoredName(name, this.storage), this.maxLength)
  }
}

/** A picture. Forms take nothing else for it. Django's `ImageField`. */
export class ImageField extends FileField {}

/**
 * A file in a storage, of which the column holds the name. What is assigned, an upload or a `FieldFile`, is stored by `save()`:
 * `file({ uploadTo: 'papers/%Y' })`.
 */
export function file<const O extends FileOptions = {}>(
  options?: O & FileOptions & OnlyKnown<O, FileOptions>,
): Field<FileValue<O>, IsOptionalFile<O>, IsKey<O>> {
  return new FileField('file', options ?? {}) as never
}

/** A picture in a storage, of which the column holds the name. */
export function image<const O extends FileOptions = {}>(
  options?: O & FileOptions & OnlyKnown<O, FileOptions>,
): Field<FileValue<O>, IsOptionalFile<O>, IsKey<O>> {
  return new ImageField('image', options ?? {}) as never
}
