import type { S3Client } from '@aws-sdk/client-s3'
import { FileNotFound, StorageError } from '../errors.ts'
import type { FileContent } from '../file-content.ts'
import { candidateNames } from '../names/candidate-names.ts'
import { fileUrl } from '../names/file-url.ts'
import { shownType } from '../names/shown-type.ts'
import { partsOfName } from '../names/stored-name.ts'
import type { FolderListing, SaveFileOptions, Storage } from '../storage.ts'
import { explainS3Failure, isMissingObject } from './explain-s3-failure.ts'
import { presign } from './presign.ts'
import type { PresignOptions, S3Credentials, S3StorageOptions } from './s3-storage-options.ts'
import { uploadToS3 } from './s3-upload.ts'

type S3Module = typeof import('@aws-sdk/client-s3')

const smallestPart = 5 * 1024 * 1024
const defaultPart = 8 * 1024 * 1024

/**
 * Files in a bucket of Amazon S3, or of a server that speaks its language (MinIO, R2, Ceph, Garage …), by the package
 * `@aws-sdk/client-s3`, which a project installs itself. Nothing is overwritten: the server is asked to store a file only
 * where there is none (`If-None-Match`); with one that cannot be asked, only saves of one process are safe from each other.
 */
export class S3Storage implements Storage {
  readonly #options: S3StorageOptions
  readonly #region: string
  readonly #prefix: string
  /** Names that are being stored, for servers that would overwrite them. */
  readonly #claimed = new Set<string>()
  #loaded: Promise<{ readonly sdk: S3Module; readonly client: S3Client }> | undefined

  constructor(options: S3StorageOptions) {
    this.#options = options
    this.#region = options.region ?? process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'] ?? 'us-east-1'
    const prefix = options.prefix?.replaceAll(/^\/+|\/+$/g, '') ?? ''
    this.#prefix = prefix === '' ? '' : `${partsOfName(prefix).join('/')}/`
  }

  async save(name: string, content: FileContent, options: SaveFileOptions = {}): Promise<string> {
    for (const candidate of candidateNames(name, options.maxLength)) {
      if (this.#claimed.has(candidate)) continue
      this.#claimed.add(candidate)
      try {
        if (!(await this.exists(candidate)) && (await this.#upload(candidate, content))) return candidate
      } finally {
        this.#claimed.delete(candidate)
      }
    }
    throw new StorageError(`There is no name left for '${name}'.`)
  }

  async *open(name: string): AsyncGenerator<Uint8Array, void, undefined> {
    const key = this.#key(name)
    const { sdk, client } = await this.#load()
    const request = client.send(new sdk.GetObjectCommand({ Bucket: this.#options.bucket, Key: key }))
    const { Body } = await request.catch((error: unknown) => this.#refuse(name, error))
    if (Body === undefined) return
    for await (const chunk of Body as unknown as AsyncIterable<Uint8Array>) yield chunk
  }

  async delete(name: string): Promise<void> {
    const key = this.#key(name)
    const { sdk, client } = await this.#load()
    const request = client.send(new sdk.DeleteObjectCommand({ Bucket: this.#options.bucket, Key: key }))
    await request.catch((error: unknown) => {
      if (!isMissingObject(error)) throw this.#explain(error, `'${name}' was not deleted`)
    })
  }

  async exists(name: string): Promise<boolean> {
    const key = this.#key(name)
    const { sdk, client } = await this.#load()
    try {
      await client.send(new sdk.HeadObjectCommand({ Bucket: this.#options.bucket, Key: key }))
      return true
    } catch (error) {
      if (isMissingObject(error)) return false
      throw this.#explain(error, `'${name}' cannot be looked for`)
    }
  }

  async size(name: string): Promise<number> {
    return (await this.#head(name)).ContentLength ?? 0
  }

  async getModifiedTime(name: string): Promise<Temporal.Instant> {
    return Temporal.Instant.fromEpochMilliseconds((await this.#head(name)).LastModified?.getTime() ?? 0)
  }

  async listdir(folder: string): Promise<FolderListing> {
    const Prefix = folder === '' ? this.#prefix : `${this.#key(folder)}/`
    const { sdk, client } = await this.#load()
    const [folders, files]: [string[], string[]] = [[], []]
    const input = { Bucket: this.#options.bucket, Prefix, Delimiter: '/' }
    let ContinuationToken: string | undefined
    do {
      const request = client.send(new sdk.ListObjectsV2Command({ ...input, ContinuationToken }))
      const page = await request.catch((error: unknown) =>
        Promise.reject(this.#explain(error, `'${folder}' cannot be listed`)),
      )
      for (const { Prefix: found = '' } of page.CommonPrefixes ?? []) folders.push(found.slice(Prefix.length, -1))
      // A key that ends with a slash is a folder that some tool made an object of.
      for (const { Key = '' } of page.Contents ?? []) if (Key !== Prefix) files.push(Key.slice(Prefix.length))
      ContinuationToken = page.IsTruncated ? page.NextContinuationToken : undefined
    } while (ContinuationToken !== undefined)
    return { folders: folders.filter((name) => name !== '').sort(), files: files.sort() }
  }

  /** Where browsers get the file; good for `urlExpiresIn` seconds where that is set, else for as long as the bucket is public. */
  url(name: string): string {
    const { urlExpiresIn, baseUrl } = this.#options
    if (urlExpiresIn !== undefined) return this.#presign(name, this.#knownCredentials(), { expiresIn: urlExpiresIn })
    return baseUrl === undefined ? this.#objectUrl(name) : fileUrl(baseUrl, name)
  }

  /** A URL that is good for a while, for whoever has it, though the bucket is not public. */
  async presignedUrl(name: string, options: PresignOptions = {}): Promise<string> {
    partsOfName(name)
    const { client } = await this.#load()
    const credentials = await client.config.credentials().catch((error: unknown) => {
      throw this.#explain(error, `The URL of '${name}' cannot be signed`)
    })
    return this.#presign(name, credentials as S3Credentials, options)
  }

  #presign(name: string, credentials: S3Credentials, options: PresignOptions): string {
    const { expiresIn = 3600, method = 'GET', downloadAs } = options
    const disposition = `attachment; filename*=UTF-8''${encodeURIComponent((downloadAs ?? '').toWellFormed())}`
    return presign({
      method,
      url: new URL(this.#objectUrl(name)),
      region: this.#region,
      credentials,
      expiresIn,
      now: Temporal.Now.instant(),
      ...(downloadAs === undefined ? {} : { query: { 'response-content-disposition': disposition } }),
    })
  }

  #knownCredentials(): S3Credentials {
    const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN } = process.env
    if (this.#options.credentials !== undefined) return this.#options.credentials
    if (accessKeyId !== undefined && secretAccessKey !== undefined) {
      return { accessKeyId, secretAccessKey, ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}) }
    }
    throw new StorageError('url() signs at once, and has no credentials at hand.', {
      hint: 'Give the storage credentials, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or await presignedUrl(name).',
    })
  }

  #objectUrl(name: string): string {
    const { bucket, endpoint, forcePathStyle = endpoint !== undefined } = this.#options
    const server = new URL(endpoint ?? `https://s3.${this.#region}.amazonaws.com`)
    const folder = server.pathname.replace(/\/$/, '')
    const base = forcePathStyle
      ? `${server.origin}${folder}/${bucket}/`
      : `${server.protocol}//${bucket}.${server.host}${folder}/`
    return fileUrl(base, this.#key(name))
  }

  async #upload(name: string, content: FileContent): Promise<boolean> {
    const { sdk, client } = await this.#load()
    const { bucket, partSize = defaultPart, parameters } = this.#options
    return uploadToS3(
      {
        sdk,
        client,
        bucket,
        key: this.#key(name),
        partSize: Math.max(partSize, smallestPart),
        parameters: { ...describe(name), ...parameters?.(name) },
        explain: (error) => this.#explain(error, `'${name}' was not saved`),
      },
      content,
    )
  }

  async #head(name: string): Promise<{ ContentLength?: number | undefined; LastModified?: Date | undefined }> {
    const key = this.#key(name)
    const { sdk, client } = await this.#load()
    const request = client.send(new sdk.HeadObjectCommand({ Bucket: this.#options.bucket, Key: key }))
    return request.catch((error: unknown) => this.#refuse(name, error))
  }

  #key(name: string): string {
    partsOfName(name)
    return this.#prefix + name
  }

  #refuse(name: string, error: unknown): never {
    if (!isMissingObject(error)) throw this.#explain(error, `'${name}' cannot be read`)
    throw new FileNotFound(`There is no file '${name}' in the bucket '${this.#options.bucket}'.`, { cause: error })
  }

  #explain(error: unknown, what: string): Error {
    const { bucket, endpoint } = this.#options
    return explainS3Failure(error, what, `'${bucket}' at ${endpoint ?? 'Amazon S3'}`)
  }

  #load(): Promise<{ readonly sdk: S3Module; readonly client: S3Client }> {
    this.#loaded ??= this.#makeClient()
    return this.#loaded
  }

  async #makeClient(): Promise<{ readonly sdk: S3Module; readonly client: S3Client }> {
    const sdk = await import('@aws-sdk/client-s3').catch((cause: unknown) => {
      throw new StorageError('S3Storage needs the package @aws-sdk/client-s3, which is not installed.', {
        cause,
        hint: 'npm install @aws-sdk/client-s3',
      })
    })
    const { endpoint, credentials, forcePathStyle = endpoint !== undefined, client } = this.#options
    // Other servers than Amazon's mostly do not know the checksums that the SDK adds by itself.
    const checksums = endpoint === undefined ? 'WHEN_SUPPORTED' : 'WHEN_REQUIRED'
    const made = new sdk.S3Client({
      region: this.#region,
      forcePathStyle,
      requestChecksumCalculation: checksums,
      responseChecksumValidation: checksums,
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(credentials === undefined ? {} : { credentials }),
      ...client,
    })
    return { sdk, client: made }
  }
}

/** What the object is served with: visitors wrote it, so a browser is not to run it. */
function describe(name: string): { readonly ContentType: string; readonly ContentDisposition?: string } {
  const type = shownType(name)
  return type === undefined
    ? { ContentType: 'application/octet-stream', ContentDisposition: 'attachment' }
    : { ContentType: type }
}
