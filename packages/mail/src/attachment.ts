import { basename } from 'node:path'
import { BadMailHeader } from './errors.ts'
import { headerText } from './mail-header.ts'

/** Anything that knows a file's content: an upload, a `ContentFile`, a file of a row or a storage, the platform's `File`. */
export interface FileLike {
  readonly name?: string
  readonly contentType?: string
  /** What the platform's `File` calls its content type. */
  readonly type?: string
  bytes(): Promise<Uint8Array>
}

/** A file that goes along with a message. */
export interface MailAttachment {
  /** The name that the reader sees; by default that of the file. */
  readonly filename?: string
  /** A text (sent as UTF-8), bytes, or a file. */
  readonly content?: string | Uint8Array | FileLike
  /** The path of a file on this machine, in place of `content`. Never one that a visitor wrote. */
  readonly path?: string
  /** The media type; by default by the file's own, then by the name. */
  readonly contentType?: string
  /** Shows the file within the HTML, which names it as `src="cid:…"`; the id is letters, digits, `.`, `_`, `-` and `@`. */
  readonly cid?: string
}

/** Checks an attachment and names it. Throws `BadMailHeader`, `TypeError` for one with neither content nor path, or both. */
export function checkedAttachment(given: MailAttachment | FileLike): MailAttachment {
  const attachment: MailAttachment = isFile(given) ? { content: given } : given
  const { content, path, cid } = attachment
  if ((content === undefined) === (path === undefined)) {
    throw new TypeError('An attachment has either content or a path.')
  }
  if (cid !== undefined && !/^[\w.@-]{1,200}$/.test(cid)) {
    throw new BadMailHeader(
      `The cid '${cid}' of an attachment has other characters than letters, digits, ., _, - and @.`,
    )
  }
  const file = isFile(content) ? content : undefined
  const filename = attachment.filename ?? (file?.name && basename(file.name)) ?? (path && basename(path))
  const contentType = attachment.contentType ?? (file?.contentType || file?.type || undefined)
  return Object.freeze({
    ...attachment,
    ...(filename === undefined ? {} : { filename: headerText('attachment', filename) }),
    ...(contentType === undefined ? {} : { contentType: headerText('content type of an attachment', contentType) }),
  })
}

export function isFile(value: unknown): value is FileLike {
  return typeof value === 'object' && value !== null && 'bytes' in value && typeof value.bytes === 'function'
}
