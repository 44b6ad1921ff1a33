import type { HttpResponse } from './http-response.ts'

/** Adds `names` to the `Vary` header, each once; `*` stands for all of them. Django's `patch_vary_headers`. */
export function patchVaryHeaders(response: HttpResponse, names: readonly string[]): void {
  if (names.length === 1 && !response.headers.has('Vary')) {
    response.headers.set('Vary', names[0]!)
    return
  }
  const present = splitList(response.headers.getAll('Vary').join(','))
  const known = new Set(present.map((name) => name.toLowerCase()))
  const added = names.filter((name) => !known.has(name.toLowerCase()))
  const all = [...present, ...added]
  if (all.length > 0) response.headers.set('Vary', all.includes('*') ? '*' : all.join(', '))
}

/** Whether the `Vary` header names `name`. Django's `has_vary_header`. */
export function hasVaryHeader(response: HttpResponse, name: string): boolean {
  const wanted = name.toLowerCase()
  return response.headers.getAll('Vary').some((value) => splitList(value).some((item) => item.toLowerCase() === wanted))
}

function splitList(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}
