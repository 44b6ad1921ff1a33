import type { FileContent } from '@nuages/files'
import { gettext } from '@nuages/i18n'
import { ClearableFileInput } from '../widgets/file-input.ts'
import type { Widget } from '../widgets/widget.ts'
import type { Message, MessageParams, UnlessRequired } from './field-options.ts'
import { FileField, type FileOptions } from './file-field.ts'
import type { FormField } from './form-field.ts'
import type { FormFile } from './form-file.ts'

export interface ImageOptions<Required extends boolean = boolean> extends FileOptions<Required> {
  /** In pixels, width times height: a small file may unpack to gigabytes. Default 178,956,970, Pillow's limit. */
  readonly maxPixels?: number
}

/** Endings of the formats that browsers show and that hold no script; SVG is a document that runs in the site's name. */
const imageExtensions = [
  'avif',
  'bmp',
  'gif',
  'heic',
  'heif',
  'jfif',
  'jpe',
  'jpeg',
  'jpg',
  'png',
  'tif',
  'tiff',
  'webp',
]
const imageTypes: ReadonlySet<string | undefined> = new Set([
  'avif',
  'bmp',
  'gif',
  'heic',
  'heif',
  'jpg',
  'png',
  'tiff',
  'webp',
])

/** What the beginning of a file says of the image in it. */
export interface ImageFacts {
  readonly width: number
  readonly height: number
  readonly type: string
}

/** An image: the file's beginning has to be that of one, whatever its name says. Django's `ImageField`. */
export class ImageField<T = FormFile> extends FileField<T> {
  readonly maxPixels: number

  constructor(options: ImageOptions = {}) {
    super('image', { allowedExtensions: imageExtensions, ...options }, ['maxPixels'])
    this.maxPixels = options.maxPixels ?? 178_956_970
  }

  protected override defaultWidget(): Widget {
    return new ClearableFileInput({ accept: 'image/*' })
  }

  override async clean(raw: unknown, initial?: unknown): Promise<T> {
    const file = await super.clean(raw, initial)
    if (file && file !== initial) await this.checkImage(file as unknown as FileContent)
    return file
  }

  private async checkImage(file: FileContent): Promise<void> {
    const facts = await imageFacts(await file.bytes())
    if (!facts) this.fail('invalid_image')
    if (facts.width * facts.height > this.maxPixels) this.fail('max_pixels', { ...facts, limit: this.maxPixels })
  }

  protected override defaultMessages(): Readonly<Record<string, Message>> {
    return {
      ...super.defaultMessages(),
      invalid_image: gettext('This file is no image, or a damaged one.'),
      max_pixels: ({ width, height, limit }: MessageParams) =>
        gettext('The image has {width} by {height} pixels; {limit} are allowed in all.', { width, height, limit }),
    }
  }
}

/** Of every image in the file the largest; `undefined` where the bytes are no image of a kind that is taken. */
async function imageFacts(bytes: Uint8Array): Promise<ImageFacts | undefined> {
  const { imageSize } = await import('image-size')
  try {
    const { width, height, type, images = [] } = imageSize(bytes)
    const all = [{ width, height }, ...images]
    if (!type || !imageTypes.has(type) || all.some((image) => !(image.width > 0 && image.height > 0))) return undefined
    const largest = all.reduce((a, b) => (b.width * b.height > a.width * a.height ? b : a))
    return { width: largest.width, height: largest.height, type }
  } catch {
    return undefined
  }
}

/** An image. Where it is not required the value may be `null`, and `false` where the visitor cleared the one that was there. */
export function image<const Required extends boolean = true>(
  options: ImageOptions<Required> = {},
): FormField<FormFile | UnlessRequired<Required, null | false>> {
  return new ImageField(options) as never
}
