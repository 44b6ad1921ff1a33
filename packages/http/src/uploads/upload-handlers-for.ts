import { tmpdir } from 'node:os'
import type { HttpRequest } from '../http-request.ts'
import type { RequestPolicy } from '../request-policy.ts'
import type { FileUploadHandler, UploadContext } from './file-upload-handler.ts'
import { MemoryFileUploadHandler } from './memory-file-upload-handler.ts'
import { TemporaryFileUploadHandler } from './temporary-file-upload-handler.ts'

/** The handlers that the project's policy lists, made for one request. */
export function uploadHandlersFor(request: HttpRequest, policy: RequestPolicy): FileUploadHandler[] {
  const length = request.environ.CONTENT_LENGTH
  const context: UploadContext = {
    request,
    contentLength: length === undefined || length === '' ? undefined : Number(length),
    maxMemoryFileSize: policy.maxMemoryFileSize,
    temporaryFolder: policy.uploadTempDir ?? tmpdir(),
  }
  const classes = policy.uploadHandlers ?? [MemoryFileUploadHandler, TemporaryFileUploadHandler]
  return classes.map((Handler) => new Handler(context))
}
