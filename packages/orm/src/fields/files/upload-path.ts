import { partsOfName, validFileName } from '@nuages/files'
import { didYouMean, ImproperlyConfigured, NuagesError } from '@nuages/foundation'
import { currentTimeZone } from '@nuages/i18n'

/**
 * Where new files go: folders, with strftime's `%Y %m %d %H %M %S %j %y` (`'covers/%Y/%m/'`), or a function that tells the whole
 * name for a row, which has no key yet where it is new. Django's `upload_to`.
 */
export type UploadTo = string | ((row: never, fileName: string) => string)

const two = (value: number): string => String(value).padStart(2, '0')

const parts: Readonly<Record<string, (now: Temporal.ZonedDateTime) => string>> = {
  Y: (now) => String(now.year),
  y: (now) => two(now.year % 100),
  m: (now) => two(now.month),
  d: (now) => two(now.day),
  H: (now) => two(now.hour),
  M: (now) => two(now.minute),
  S: (now) => two(now.second),
  j: (now) => String(now.dayOfYear).padStart(3, '0'),
  '%': () => '%',
}

/** Throws `ImproperlyConfigured` where `uploadTo` names no folder in a storage. `factory` is the field's, for the message. */
export function checkUploadTo(factory: string, uploadTo: UploadTo): void {
  if (typeof uploadTo === 'function') return
  const wrong = (why: string): never => {
    throw new ImproperlyConfigured(`${factory}() has uploadTo '${uploadTo}', ${why}`)
  }
  for (const [token, letter] of uploadTo.matchAll(/%(.?)/gs)) {
    if (letter! in parts) continue
    const known = Object.keys(parts).map((each) => `%${each}`)
    wrong(`but there is no '${token}'.${didYouMean(token, known)} There are: ${known.join(', ')}.`)
  }
  try {
    if (uploadTo !== '') partsOfName(withoutSlash(uploadTo))
  } catch (error) {
    if (!(error instanceof NuagesError)) throw error
    wrong(`which is no relative folder: such as 'covers' or 'covers/%Y'.`)
  }
}

/** The name that a new file is stored under, if it is free. Today is today in the active time zone. */
export function uploadName(uploadTo: UploadTo, row: object, fileName: string): string {
  const valid = validFileName(fileName)
  if (typeof uploadTo === 'function') return uploadTo(row as never, valid)
  if (uploadTo === '') return valid
  const now = Temporal.Now.zonedDateTimeISO(currentTimeZone())
  const folder = withoutSlash(uploadTo).replaceAll(/%(.)/gs, (_, letter: string) => parts[letter]!(now))
  return `${folder}/${valid}`
}

function withoutSlash(folder: string): string {
  return folder.endsWith('/') ? folder.slice(0, -1) : folder
}
