import { gettext } from '@nuages/i18n'

/** Browsers by what tells them, the more particular first: nearly all say that they are Chrome and Safari as well. */
const browsers: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\b(?:Edg|EdgA|EdgiOS)\//, 'Edge'],
  [/\b(?:OPR|OPiOS|OPT)\//, 'Opera'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bYaBrowser\//, 'Yandex'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bWhale\//, 'Whale'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:HeadlessChrome|Chrome|Chromium|CriOS)\//, 'Chrome'],
  [/\bVersion\/[\d.]+ (?:Mobile\/\S+ )?Safari\//, 'Safari'],
  [/\b(?:MSIE |Trident\/)/, 'Internet Explorer'],
]

const systems: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\bWindows\b/, 'Windows'],
  [/\bAndroid\b/, 'Android'],
  [/\biPad\b/, 'iPad'],
  [/\b(?:iPhone|iPod)\b/, 'iPhone'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\b(?:Macintosh|Mac OS X)\b/, 'macOS'],
  [/\b(?:Linux|X11)\b/, 'Linux'],
]

/**
 * What a `User-Agent` header says, in words for the person whose it is: `'Firefox on Linux'`. A program is called by its own
 * name; of what says nothing there is nothing to tell. It is a hint: whoever sends the header may write what they like.
 */
export function describeUserAgent(header: string): string {
  const browser = named(browsers, header) ?? /^([A-Za-z][\w.-]{0,39})\//.exec(header)?.[1]
  const system = named(systems, header)
  // Every browser begins with it, those that nobody knows too.
  const isKnown = browser !== undefined && browser !== 'Mozilla'
  if (isKnown && system !== undefined) return gettext('{browser} on {system}', { browser, system })
  if (isKnown) return browser
  return system === undefined ? gettext('Unknown browser') : gettext('Unknown browser on {system}', { system })
}

function named(table: typeof browsers, header: string): string | undefined {
  return table.find(([pattern]) => pattern.test(header))?.[1]
}
