import { partsOfName } from './stored-name.ts'

/** The URL of a stored name below `baseUrl`. Django's `filepath_to_uri`. */
export function fileUrl(baseUrl: string, name: string): string {
  return (
    baseUrl +
    partsOfName(name)
      .map((part) => encodeURIComponent(part.toWellFormed()))
      .join('/')
  )
}
