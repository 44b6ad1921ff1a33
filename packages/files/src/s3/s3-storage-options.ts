/** The keys that requests to an S3 server are signed with. */
export interface S3Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

export interface S3StorageOptions {
  readonly bucket: string
  /** Where the server is, if it is not Amazon's: `'https://minio.example.com'`, `'https://<account>.r2.cloudflarestorage.com'`. */
  readonly endpoint?: string
  /** Default: `AWS_REGION` or `AWS_DEFAULT_REGION` of the environment, else `'us-east-1'`. */
  readonly region?: string
  /** The folder of the bucket that the files are in: `'media'`. */
  readonly prefix?: string
  /** Default: what the AWS SDK finds, in the environment, a profile or the machine's role. */
  readonly credentials?: S3Credentials
  /** What the URLs of files start with, `/` at its end, where that is not the bucket itself: a CDN's address. */
  readonly baseUrl?: string
  /** Makes `url()` give signed URLs, good for that many seconds: for a bucket that is not public. */
  readonly urlExpiresIn?: number
  /** Whether the bucket is named in the path rather than in the host name. Default: where `endpoint` is set. */
  readonly forcePathStyle?: boolean
  /** In bytes: what is larger is uploaded in parts of this size, and no more than one is in memory. Default 8 MiB, at least 5. */
  readonly partSize?: number
  /** What else objects are stored with, by their names: `(name) => ({ CacheControl: 'max-age=86400' })`. */
  readonly parameters?: (name: string) => Readonly<Record<string, unknown>>
  /** More options of the SDK's `S3Client`. */
  readonly client?: Readonly<Record<string, unknown>>
}

export interface PresignOptions {
  /** Seconds, at most a week. Default 3600. */
  readonly expiresIn?: number
  /** `'PUT'` lets whoever has the URL upload the file in one request. Default `'GET'`. */
  readonly method?: 'GET' | 'PUT'
  /** The name that a browser saves the file under, in place of showing it. */
  readonly downloadAs?: string
}
