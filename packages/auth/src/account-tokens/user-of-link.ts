import { FieldValueError, ObjectDoesNotExist } from '@nuages/orm'
import { type CurrentUser, getUserModel } from '../users/get-user-model.ts'

/** Text as Django writes keys of users into links. Django's `urlsafe_base64_encode`. */
export function encodeForLink(text: string): string {
  return Buffer.from(text).toString('base64url')
}

/** The text behind it; `undefined` where it is none. */
export function decodeFromLink(encoded: string): string | undefined {
  const bytes = Buffer.from(encoded, 'base64url')
  const text = bytes.toString('utf8')
  return Buffer.from(text).equals(bytes) && encodeForLink(text) === encoded.replace(/=+$/, '') ? text : undefined
}

/** What stands in a link for a user: their key. */
export function uidOf(user: CurrentUser): string {
  return encodeForLink(String(user.pk))
}

/** The user that a link is about; `null` where there is none, or what stands there can be none's key. */
export async function userOfUid(uid: string): Promise<CurrentUser | null> {
  const key = decodeFromLink(uid)
  if (key === undefined || key === '') return null
  const { meta, objects } = getUserModel()
  try {
    return await objects.get({ pk: meta.pk.parse(key) } as never)
  } catch (error) {
    if (error instanceof ObjectDoesNotExist || error instanceof FieldValueError) return null
    throw error
  }
}
