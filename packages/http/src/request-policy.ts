import type { TrustedProxies } from './proxies/trusted-proxies.ts'
import type { UploadHandlerClass } from './uploads/file-upload-handler.ts'

/** What a project takes from its clients and believes of its proxies. Core makes one from the settings, for all requests. */
export interface RequestPolicy {
  /** Bytes of body kept in memory, files of a form excepted. Django's `DATA_UPLOAD_MAX_MEMORY_SIZE`. */
  readonly maxBodySize: number
  /** Fields of one query or form. Django's `DATA_UPLOAD_MAX_NUMBER_FIELDS`. */
  readonly maxFields: number
  /** Files of one form. Django's `DATA_UPLOAD_MAX_NUMBER_FILES`. */
  readonly maxFiles: number
  /** Bytes of one uploaded file. */
  readonly maxFileSize: number
  /** Bytes of all files of one form together. */
  readonly maxUploadSize: number
  /** Bytes of all files of one form that are kept in memory; what is beyond goes to disk. Django's `FILE_UPLOAD_MAX_MEMORY_SIZE`. */
  readonly maxMemoryFileSize: number
  /** Where temporary files are; the system's folder if left out. Django's `FILE_UPLOAD_TEMP_DIR`. */
  readonly uploadTempDir?: string | undefined
  /** What becomes of uploaded files; memory, then disk, if left out. Django's `FILE_UPLOAD_HANDLERS`. */
  readonly uploadHandlers?: readonly UploadHandlerClass[] | undefined
  /** How deep arrays and objects of a JSON body may be nested. */
  readonly maxNesting: number
  /** Hosts the project serves: `'example.com'`, `'.example.com'` with its subdomains, or `'*'`; any well-formed one if left out. */
  readonly allowedHosts?: readonly string[] | undefined
  /** Whose `X-Forwarded-*` and `Forwarded` headers are believed; nobody's if left out. */
  readonly trustedProxies?: TrustedProxies | undefined
  /** The header in which a trusted proxy says `https`, and its value. Django's `SECURE_PROXY_SSL_HEADER`. */
  readonly secureProxyHeader?: readonly [name: string, value: string] | undefined
  /** Whether a trusted proxy sets `X-Forwarded-Host`. Django's `USE_X_FORWARDED_HOST`. */
  readonly useForwardedHost?: boolean | undefined
}

export const defaultRequestPolicy: RequestPolicy = Object.freeze({
  maxBodySize: 2_621_440,
  maxFields: 1000,
  maxFiles: 100,
  maxFileSize: 16 * 1024 * 1024,
  maxUploadSize: 32 * 1024 * 1024,
  maxMemoryFileSize: 2_621_440,
  maxNesting: 100,
})
