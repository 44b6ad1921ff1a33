import { mkdir, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { launchBrowser, narrow, openPage, wide } from './browser.ts'
import { kindsOfPage } from './kinds-of-page.ts'
import { shrinkPng } from './png/shrink-png.ts'
import { ServedAdmin } from './served-admin.ts'
import { specialStates } from './special-states.ts'

// The pictures of docs/admin: pnpm exec node packages/admin/test/browser/screenshots.ts [folder]
const folder = resolve(process.argv[2] ?? resolve(import.meta.dirname, '../../../../docs/admin'))
await mkdir(folder, { recursive: true })
const browser = await launchBrowser()
for (const [width, viewport] of [
  ['1280', wide],
  ['390', narrow],
] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await using site = await ServedAdmin.start()
    const phone = width === '390' ? { hasTouch: true, isMobile: true } : {}
    const options = { viewport, colorScheme, reducedMotion: 'reduce', ...phone } as const
    const shoot = async (page: Page, name: string) =>
      writeFile(`${folder}/${name}-${width}-${colorScheme}.png`, shrinkPng(await page.screenshot()))
    await using visitor = await openPage(browser, site, options)
    await visitor.page.goto('/admin/')
    await shoot(visitor.page, 'sign-in')
    await using watched = await openPage(browser, site, { ...options, user: 'root' })
    watched.page.on('dialog', (dialog) => void dialog.accept())
    for (const [name, bring] of Object.entries(specialStates)) {
      await bring(watched.page)
      await shoot(watched.page, name)
    }
    for (const [name, path] of Object.entries(kindsOfPage)) {
      await watched.page.goto(path)
      await shoot(watched.page, name)
    }
    await using reader = await openPage(browser, site, { ...options, user: 'reader' })
    await reader.page.goto('/admin/press/story/1/change/')
    await shoot(reader.page, 'view-only')
  }
}
await browser.close()
