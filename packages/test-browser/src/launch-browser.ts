import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

// The shell has no windows, tabs and tool bars to draw, which is half of what a page costs the whole browser.
const executablePath =
  process.env.CHROMIUM_PATH ??
  ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find((path) => existsSync(path))

/** Whether browser tests are left out: there is no Chromium. On CI they never are: without a browser they fail. */
export const withoutBrowser = executablePath === undefined && process.env.CI !== 'true'

/** Chromium without a window. Throws where there is none. */
export function launchBrowser(): Promise<Browser> {
  if (executablePath === undefined)
    throw new Error(
      'There is no Chromium under /usr/bin: install chromium-headless-shell, or name one in CHROMIUM_PATH.',
    )
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
}
