import { NuagesError } from '@nuages/foundation'
import { FileNotFound, StorageError } from '../errors.ts'

interface S3Failure extends Error {
  readonly code?: string
  readonly $metadata?: { readonly httpStatusCode?: number }
}

const refusals = new Set(['AccessDenied', 'InvalidAccessKeyId', 'SignatureDoesNotMatch', 'ExpiredToken', 'Forbidden'])
const unreachable = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ECONNRESET', 'ETIMEDOUT', 'EAI_AGAIN'])

/** Whether the server says that there is no such object. A bucket that is not there is another matter. */
export function isMissingObject(error: unknown): boolean {
  const { name, $metadata } = error as S3Failure
  return name === 'NoSuchKey' || name === 'NotFound' || ($metadata?.httpStatusCode === 404 && name !== 'NoSuchBucket')
}

/** Whether the object was there already, by a server that was asked not to overwrite one. */
export function isTaken(error: unknown): boolean {
  return (error as S3Failure).$metadata?.httpStatusCode === 412
}

/** Whether the server does not know the condition that it was asked to keep. */
export function isUnsupported(error: unknown): boolean {
  return (error as S3Failure).$metadata?.httpStatusCode === 501
}

/** What an S3 server or the way to it refused, as a `StorageError`. */
export function explainS3Failure(error: unknown, what: string, where: string): Error {
  if (error instanceof NuagesError) return error
  const failure = error as S3Failure
  const { name, code = '', $metadata } = failure
  const explained = (reason: string, hint: string): StorageError =>
    new StorageError(`${what}: ${reason} (${code || name}).`, { cause: error, hint })
  if (name === 'NoSuchBucket')
    return explained('there is no such bucket', `Make the bucket, or correct its name: ${where}.`)
  if (isMissingObject(error)) return new FileNotFound(`There is no such file: ${what}.`, { cause: error })
  if (name === 'CredentialsProviderError') {
    return explained(
      'no credentials were found',
      'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the storage credentials.',
    )
  }
  if (refusals.has(name) || $metadata?.httpStatusCode === 403) {
    return explained('the server refuses it', 'Check the credentials and what they may do in the bucket.')
  }
  if (unreachable.has(code) || name === 'TimeoutError') {
    return explained(`the server of ${where} cannot be reached`, 'Check the endpoint and the network.')
  }
  return new StorageError(`${what}: ${failure.message}`, { cause: error })
}
