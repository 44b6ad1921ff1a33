import type { S3Client } from '@aws-sdk/client-s3'
import type { FileContent } from '../file-content.ts'
import { isTaken, isUnsupported } from './explain-s3-failure.ts'

type S3Module = typeof import('@aws-sdk/client-s3')

export interface S3Upload {
  readonly sdk: S3Module
  readonly client: S3Client
  readonly bucket: string
  readonly key: string
  readonly partSize: number
  /** What the object is stored with: its type and the like. */
  readonly parameters: Readonly<Record<string, unknown>>
  /** Turns what the server refuses into what the caller is told. */
  explain(error: unknown): Error
}

/** S3 takes no more parts of one object. */
const mostParts = 10_000

/**
 * Uploads a content that is read once, at most one part of it in memory. Answers `false`, with nothing kept, where the server
 * has an object of that key. A server that cannot be asked for that overwrites: who calls has looked before.
 */
export async function uploadToS3(upload: S3Upload, content: FileContent): Promise<boolean> {
  const size = Math.max(upload.partSize, Math.ceil(content.size / (mostParts - 1)))
  const parts = inParts(content.stream(), size)
  const first = await parts.next()
  if (first.done) return putObject(upload, Buffer.alloc(0))
  if (first.value.isLast) return putObject(upload, first.value.bytes)
  return putParts(upload, first.value.bytes, parts)
}

async function putObject(upload: S3Upload, body: Buffer): Promise<boolean> {
  const { sdk, client, bucket, key, parameters } = upload
  return unlessTaken(upload, (condition) =>
    client.send(new sdk.PutObjectCommand({ ...parameters, ...condition, Bucket: bucket, Key: key, Body: body })),
  )
}

async function putParts(upload: S3Upload, first: Buffer, rest: AsyncGenerator<Part>): Promise<boolean> {
  const { sdk, client, bucket: Bucket, key: Key, parameters, explain } = upload
  const begun = client.send(new sdk.CreateMultipartUploadCommand({ ...parameters, Bucket, Key }))
  const { UploadId } = await begun.catch((error: unknown) => Promise.reject(explain(error)))
  const done: { PartNumber: number; ETag: string | undefined }[] = []
  const put = async (Body: Buffer): Promise<void> => {
    const PartNumber = done.length + 1
    const sent = client.send(new sdk.UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }))
    const { ETag } = await sent.catch((error: unknown) => Promise.reject(explain(error)))
    done.push({ PartNumber, ETag })
  }
  let isStored = false
  try {
    await put(first)
    for await (const { bytes } of rest) await put(bytes)
    isStored = await unlessTaken(upload, (condition) =>
      client.send(
        new sdk.CompleteMultipartUploadCommand({
          ...condition,
          Bucket,
          Key,
          UploadId,
          MultipartUpload: { Parts: done },
        }),
      ),
    )
    return isStored
  } finally {
    // Parts that are left would be paid for.
    if (!isStored) await client.send(new sdk.AbortMultipartUploadCommand({ Bucket, Key, UploadId })).catch(() => {})
  }
}

/** Sends what makes the object, on the condition that there is none. */
async function unlessTaken(
  { explain }: S3Upload,
  send: (condition: { readonly IfNoneMatch?: string }) => Promise<unknown>,
): Promise<boolean> {
  try {
    await send({ IfNoneMatch: '*' }).catch((error: unknown) =>
      isUnsupported(error) ? send({}) : Promise.reject(error),
    )
    return true
  } catch (error) {
    if (isTaken(error)) return false
    throw explain(error)
  }
}

interface Part {
  readonly bytes: Buffer
  readonly isLast: boolean
}

/** Collects chunks of any size into parts of `size` bytes, the last one shorter; it is known to be the last. */
async function* inParts(stream: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Part, void, undefined> {
  let chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of stream) {
    for (let rest = chunk; rest.byteLength > 0; ) {
      if (length === size) {
        yield { bytes: Buffer.concat(chunks), isLast: false }
        ;[chunks, length] = [[], 0]
      }
      const piece = rest.subarray(0, size - length)
      chunks.push(piece)
      length += piece.byteLength
      rest = rest.subarray(piece.byteLength)
    }
  }
  if (length > 0) yield { bytes: Buffer.concat(chunks), isLast: true }
}
