import { expectAccessible } from '@nuages/test-browser'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { demoAccount } from '../../blog/demo/demo-account.ts'
import { pngPicture } from '../picture.ts'
import { ServedSite } from '../server/served-site.ts'
import { launchBrowser, narrow, openPage, type WatchedPage, wide, withoutBrowser } from './browser.ts'
import { signIn } from './sign-in.ts'

const ways = [
  { way: 'with a script', viewport: wide, javaScriptEnabled: true },
  { way: 'without a script', viewport: wide, javaScriptEnabled: false },
  { way: 'on a phone', viewport: narrow, javaScriptEnabled: true },
] as const

const sky = { name: 'evening sky.png', mimeType: 'image/png', buffer: pngPicture() }

describe.skipIf(withoutBrowser)('an author who manages the site, in Chromium (needs /usr/bin/chromium)', () => {
  let site: ServedSite
  let browser: Browser
  beforeAll(async () => {
    ;[site, browser] = await Promise.all([ServedSite.start({ debug: true }), launchBrowser()])
  })
  afterAll(async () => {
    await browser.close()
    await site[Symbol.asyncDispose]()
  })

  // Each test goes on where the one before it ended.
  describe.each(ways)('$way', ({ way, viewport, javaScriptEnabled }) => {
    const title = `A walk under the clouds, ${way}`
    const address = `/posts/a-walk-under-the-clouds-${way.replaceAll(' ', '-')}/`
    let watched: WatchedPage
    let page: Page
    beforeAll(async () => {
      watched = await openPage(browser, { viewport, javaScriptEnabled, baseURL: site.url.href })
      page = watched.page
    })
    afterEach(() => {
      expect(watched.complaints).toEqual([])
    })
    afterAll(() => watched[Symbol.asyncDispose]())

    /** axe is a script itself; what it would find without one it finds with one. */
    const accessible = async () => (javaScriptEnabled ? expectAccessible(page) : undefined)
    const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
    const told = (text: string) => page.getByRole('status').filter({ hasText: text }).first().waitFor()
    const titles = () => page.locator('.results tbody th').allTextContents()
    const admin = async (path: string) => page.goto(`/admin/blog/${path}`)

    /** On a phone the filters are behind a button. */
    async function filters(): Promise<Locator> {
      if (viewport === narrow) await page.getByRole('button', { name: 'Filters', exact: true }).click()
      return page.getByRole('complementary', { name: 'Filters' })
    }

    test('signs in', async () => {
      await page.goto('/')
      await page.getByRole('link', { name: 'Log in to write' }).click()
      await accessible()
      await signIn(page, demoAccount)
      await page.getByRole('link', { name: 'Write', exact: true }).click()
      await heading('A new post')
      await accessible()
    })

    test('sees what is wrong with a post, and what was typed is still there', async () => {
      await page.getByLabel('Title').fill(title)
      await page.getByLabel('Summary').fill('In short: “clouds & more”.')
      await page.getByLabel('Body').fill('First.\n\n## Second\n\nThird.')
      await page.getByRole('checkbox', { name: 'This is a draft' }).uncheck()
      await page.getByRole('checkbox', { name: 'Clouds' }).check()
      await page.getByRole('checkbox', { name: 'Wind' }).check()
      await page.getByLabel('Picture', { exact: true }).setInputFiles(sky)
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Describe the picture, for readers who cannot see it.').waitFor()
      expect(await page.getByLabel('Title').inputValue()).toBe(title)
      expect(await page.getByLabel('Summary').inputValue()).toBe('In short: “clouds & more”.')
      expect(await page.getByLabel('Body').inputValue()).toBe('First.\n\n## Second\n\nThird.')
      expect(await page.getByRole('checkbox', { name: 'Wind' }).isChecked()).toBe(true)
      expect(await page.getByRole('checkbox', { name: 'Rain' }).isChecked()).toBe(false)
      expect(await page.getByRole('checkbox', { name: 'This is a draft' }).isChecked()).toBe(false)
      await accessible()
    })

    test('puts it right, and sees the post on the site', async () => {
      await page.getByLabel('Picture', { exact: true }).setInputFiles(sky)
      await page.getByLabel('Picture description').fill('A sky in the evening')
      await page.getByRole('button', { name: 'Save' }).click()
      await heading(title)
      await told(`“${title}” is saved.`)
      expect(new URL(page.url()).pathname).toBe(address)
      expect(await page.getByRole('list', { name: 'Tags' }).getByRole('link').allTextContents()).toEqual([
        'Clouds',
        'Wind',
      ])
      const picture = page.getByRole('img', { name: 'A sky in the evening' })
      const width = () => picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)
      await expect.poll(width).toBe(1200)
      await accessible()
      await page.goto('/')
      await page.getByRole('link', { name: title }).click()
      await heading(title)
    })

    test('edits it in the admin, with two comments', async () => {
      await page.getByRole('link', { name: 'Admin', exact: true }).click()
      await page.getByRole('main').getByRole('link', { name: 'Posts', exact: true }).click()
      await heading('Posts')
      await page.getByRole('link', { name: title, exact: true }).click()
      await heading(title)
      await page.getByRole('textbox', { name: 'Summary' }).fill('Another summary.')
      if (javaScriptEnabled) {
        await page.getByRole('combobox', { name: 'Author' }).fill('sora')
        await page.getByRole('option', { name: 'Han Sora' }).click()
      }
      const comments = page.getByRole('region', { name: 'Comments' })
      for (const [index, name] of ['Ada', 'Grace'].entries()) {
        if (javaScriptEnabled) await comments.getByRole('button', { name: 'Add comment' }).click()
        await page.locator(`[name="comments-${index}-name"]`).fill(name)
        await page.locator(`[name="comments-${index}-body"]`).fill(`${name} was here, ${way}.`)
      }
      await accessible()
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await told('was changed')
    })

    test('finds it by search, filter and order', async () => {
      await admin('post/')
      await page.getByRole('searchbox').fill(title)
      await page.keyboard.press('Enter')
      await page.waitForURL('**/?q=*')
      expect(await titles()).toEqual([title])
      await accessible()

      await admin('post/')
      await (await filters()).getByRole('link', { name: 'Yes', exact: true }).first().click()
      await page.waitForURL('**isDraft__exact=1*')
      expect((await titles()).toSorted()).toEqual(['A lexicon of Polish snow', 'Notes on a balloon'])

      await admin('post/?q=balloon')
      if (viewport === wide) {
        await page.getByRole('columnheader', { name: 'Title' }).getByRole('link').click()
      } else {
        await filters()
        await page.getByText('Sort by').click()
        await page.locator('.sort-choices').getByRole('link', { name: 'Title' }).click()
      }
      await page.waitForURL('**o=1*')
      const sorted = await titles()
      expect(sorted.length).toBeGreaterThan(1)
      expect(sorted).toEqual(sorted.toSorted())
    })

    test('approves both comments at once, and readers see them', async () => {
      await admin(`comment/?q=${encodeURIComponent(`here, ${way}`)}`)
      await page.getByRole('checkbox', { name: /^Select Ada/ }).check()
      await page.getByRole('checkbox', { name: /^Select Grace/ }).check()
      await accessible()
      await page.getByRole('button', { name: 'Approve' }).click()
      await told('2 comments are approved.')
      await page.goto(address)
      await page.getByRole('heading', { name: '2 comments' }).waitFor()
      await page.getByText(`Grace was here, ${way}.`).waitFor()
    })

    test('sees who changed what', async () => {
      await admin(`post/?q=${encodeURIComponent(title)}`)
      await page.getByRole('link', { name: title, exact: true }).click()
      await page.getByRole('link', { name: 'History' }).click()
      await heading('History')
      await page.locator('.changes ins').filter({ hasText: 'Another summary.' }).waitFor()
      if (javaScriptEnabled) await page.locator('.changes ins').filter({ hasText: 'Han Sora' }).waitFor()
      await page.getByText('Ada').first().waitFor()
      await accessible()
    })

    test('deletes it with its comments, and finds that in the history', async () => {
      await admin(`post/?q=${encodeURIComponent(title)}`)
      await page.getByRole('link', { name: title, exact: true }).click()
      if (viewport === narrow) await page.getByRole('button', { name: 'More' }).click()
      await page.getByRole('link', { name: 'Delete', exact: true }).click()
      await page.getByText('2 comments').waitFor()
      await accessible()
      await page.getByRole('button', { name: 'Yes, delete' }).click()
      await page.waitForURL('**/admin/blog/post/**')
      await told('was deleted')
      await page.goto('/admin/')
      await page.getByRole('complementary', { name: 'Recent actions' }).getByText(title).first().waitFor()
      await accessible()
      await admin(`comment/?q=${encodeURIComponent(`here, ${way}`)}`)
      expect(await titles()).toEqual([])
      await page.goto('/')
      expect(await page.getByRole('link', { name: title }).count()).toBe(0)
    })

    test('signs out', async () => {
      await page.getByRole('button', { name: 'Log out' }).click()
      await heading('You are logged out')
      await accessible()
    })
  })
})
