import { type Middleware, mapResponse } from 'nuages'
import { BadRequest, type HttpRequest, type HttpResponse, HttpResponseSeeOther, patchVaryHeaders } from 'nuages/http'
import { reverse } from 'nuages/urls'

/** The colours a reader may choose; `auto` follows the system. */
const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const oneYear = 365 * 24 * 60 * 60

function isTheme(value: string | undefined): value is Theme {
  return themes.some((theme) => theme === value)
}

export function themeOf(request: HttpRequest): Theme {
  const chosen = request.cookies.get('theme')
  return isTheme(chosen) ? chosen : 'auto'
}

/** Keeps the choice in a cookie and sends the reader back to the page the form stood on. */
export async function setTheme(request: HttpRequest): Promise<HttpResponse> {
  const { fields } = await request.form()
  const theme = fields.get('theme')
  if (!isTheme(theme)) throw new BadRequest(`theme is '${theme ?? ''}'; it takes ${themes.join(', ')}.`)
  const response = new HttpResponseSeeOther(localAddress(fields.get('next')) ?? reverse('blog:post-list'))
  if (theme === 'auto') response.deleteCookie('theme')
  else response.setCookie('theme', theme, { maxAge: oneYear, sameSite: 'lax', httpOnly: true })
  return response
}

/** Tells caches that a page depends on the cookie. */
export const varyOnTheme: Middleware = (request, next) =>
  mapResponse(next(request), (response) => {
    patchVaryHeaders(response, ['Cookie'])
    return response
  })

/** The address if it lies on this site: a form must not be a way to send readers elsewhere. */
function localAddress(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address, 'http://here')) return undefined
  const { origin, pathname, search } = new URL(address, 'http://here')
  return origin === 'http://here' && address.startsWith('/') && !pathname.startsWith('//')
    ? pathname + search
    : undefined
}
