import { expectAccessible } from '@nuages/test-browser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ServedSite } from '../server/served-site.ts'
import { launchBrowser, narrow, openPage, type WatchedPage, wide, withoutBrowser } from './browser.ts'
import { signIn } from './sign-in.ts'

const account = { email: 'intern@example.com', password: 'look, do not touch' }
const makeAccount = `
  const user = await User.objects.createUser({ ...${JSON.stringify(account)}, isStaff: true })
  await user.userPermissions.add(...await Permission.objects.filter({ codename__in: ['view_post', 'view_comment'] }))
`

describe.skipIf(withoutBrowser)('a user who may look and not touch, in Chromium (needs /usr/bin/chromium)', () => {
  let site: ServedSite
  let browser: Browser
  beforeAll(async () => {
    ;[site, browser] = await Promise.all([ServedSite.start({ debug: true }), launchBrowser()])
    await site.manage('shell', '-c', makeAccount)
  })
  afterAll(async () => {
    await browser.close()
    await site[Symbol.asyncDispose]()
  })

  describe.each([
    { screen: 'on a desk', viewport: wide },
    { screen: 'on a phone', viewport: narrow },
  ])('$screen', ({ viewport }) => {
    let watched: WatchedPage
    let page: Page
    beforeAll(async () => {
      watched = await openPage(browser, { viewport, baseURL: site.url.href })
      page = watched.page
      await signIn(page, account)
    })
    afterEach(() => {
      expect(watched.complaints).toEqual([])
    })
    afterAll(() => watched[Symbol.asyncDispose]())

    test('finds what they may see, and nothing else', async () => {
      await page.goto('/admin/')
      const main = page.getByRole('main')
      expect(await main.getByRole('listitem').getByRole('link').allTextContents()).toEqual(['Comments', 'Posts'])
      await expectAccessible(page)
    })

    test('looks through the posts, and can choose none', async () => {
      await page.goto('/admin/blog/post/?q=barometer')
      await page.getByRole('rowheader', { name: 'Instructions for borrowing a barometer' }).waitFor()
      expect(await page.getByRole('checkbox').count()).toBe(0)
      expect(await page.getByRole('link', { name: /^Add/ }).count()).toBe(0)
      await expectAccessible(page)
    })

    test('reads a post and its comments, and finds nothing to change them with', async () => {
      await page.getByRole('link', { name: 'Instructions for borrowing a barometer' }).click()
      await page.getByRole('heading', { level: 1, name: 'Instructions for borrowing a barometer' }).waitFor()
      await page.getByText('Please tap the glass gently.').waitFor()
      const main = page.getByRole('main')
      expect(await main.getByRole('textbox').count()).toBe(0)
      expect(await main.getByRole('checkbox').count()).toBe(0)
      expect(await main.getByRole('button', { name: /save|add|delete/i }).count()).toBe(0)
      expect(await main.getByRole('link', { name: /delete/i }).count()).toBe(0)
      await expectAccessible(page)
    })

    test('sees the comments that wait, and cannot approve them', async () => {
      await page.goto('/admin/blog/comment/?isApproved__exact=0')
      await page.getByRole('rowheader', { name: 'cheap-barometers' }).waitFor()
      expect(await page.getByRole('main').getByRole('checkbox').count()).toBe(0)
      expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0)
      await expectAccessible(page)
    })
  })

  test('is refused what no link leads to', async () => {
    await using watched = await openPage(browser, { baseURL: site.url.href })
    const { page } = watched
    await signIn(page, account)
    const csrfmiddlewaretoken = (await page.locator('[name="csrfmiddlewaretoken"]').first().getAttribute('value')) ?? ''
    const form = { csrfmiddlewaretoken, title: 'Mine', post: 'yes' }
    for (const path of ['post/add/', 'post/1/delete/', 'tag/', 'author/1/change/']) {
      expect((await page.request.get(`/admin/blog/${path}`)).status(), path).toBe(403)
    }
    for (const path of ['post/add/', 'post/1/change/', 'post/1/delete/']) {
      const response = await page.request.post(`/admin/blog/${path}`, { form })
      expect(response.status(), path).toBe(403)
      expect(await response.text()).toContain('You may not do this')
    }
  })
})
