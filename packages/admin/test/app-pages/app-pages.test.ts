import { expectAccessibleInBothThemes, expectFits, narrow, wide, withoutBrowser } from '@nuages/test-browser'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AccessToken } from '../../../tokens/src/index.ts'
import { RecoveryCode, TotpDevice } from '../../../twofactor/src/index.ts'
import { UserSession } from '../../../usersessions/src/index.ts'
import { ServedSite } from './served-site.ts'

const lists = {
  tokens: '/admin/tokens/accesstoken/',
  sessions: '/admin/usersessions/usersession/',
  devices: '/admin/twofactor/totpdevice/',
} as const

/** Chooses the row of a list whose text this is, and asks for an action. */
async function ask(page: Page, list: string, row: string, action: string): Promise<void> {
  await page.goto(list)
  await page.getByRole('row').filter({ hasText: row }).getByRole('checkbox').check()
  await page.getByRole('button', { name: action }).click()
  await page.getByRole('heading', { name: `${action}?` }).waitFor()
}

describe.skipIf(withoutBrowser)('the pages that apps bring along, in Chromium', { timeout: 180_000 }, () => {
  let site: ServedSite
  beforeAll(async () => {
    site = await ServedSite.start()
  })
  afterAll(() => site[Symbol.asyncDispose]())

  const states: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
    'the tokens': (page) => page.goto(lists.tokens),
    'a token': (page) => page.goto(`${lists.tokens}1/change/`),
    'a token that has ended': (page) => page.goto(`${lists.tokens}2/change/`),
    'revoking, asked': (page) => ask(page, lists.tokens, 'backup script', 'Revoke selected tokens'),
    'the sessions': (page) => page.goto(lists.sessions),
    'a session': (page) => page.goto(`${lists.sessions}1/change/`),
    'the second factors': (page) => page.goto(lists.devices),
    'a second factor': (page) => page.goto(`${lists.devices}1/change/`),
    'a user with all of them': (page) => page.goto('/admin/auth/user/2/change/'),
  }

  test('axe finds nothing, wide and narrow, light and dark; nothing against the policy, no scrolling sideways', async () => {
    await using watched = await site.open({ reducedMotion: 'reduce' })
    const { page, complaints } = watched
    for (const [name, bring] of Object.entries(states)) {
      await page.setViewportSize(wide)
      await bring(page)
      for (const viewport of [wide, narrow]) {
        await expectFits(page, viewport)
        await expectAccessibleInBothThemes(page)
      }
      expect([name, ...complaints]).toEqual([name])
    }
  })

  test('a lost token, a session and a phone, without a script', async () => {
    await using watched = await site.open({ javaScriptEnabled: false })
    const { page, complaints } = watched
    await ask(page, lists.tokens, 'backup script', 'Revoke selected tokens')
    await page.getByRole('button', { name: 'Revoke' }).press('Enter')
    await page.getByText('One token was revoked.').waitFor()
    expect((await AccessToken.objects.get({ name: 'backup script' })).ended).toBe('revoked')

    await ask(page, lists.sessions, '192.0.2.7', 'End selected sessions')
    await page.getByRole('button', { name: 'End' }).press('Enter')
    await page.getByText('One session was ended.').waitFor()
    expect(await UserSession.objects.filter({ address: '192.0.2.7' }).exists()).toBe(false)
    await page.getByText('(this session)').waitFor()

    await page.goto('/admin/auth/user/2/change/')
    await page.locator('.page-actions').getByRole('link', { name: 'Second factor' }).click()
    await ask(page, page.url(), 'ann', 'Remove second factor')
    await page.getByRole('button', { name: 'Remove' }).press('Enter')
    await page.getByText('One second factor was removed.').waitFor()
    expect([await TotpDevice.objects.count(), await RecoveryCode.objects.count()]).toEqual([0, 0])
    expect(complaints).toEqual([])
  })
})
