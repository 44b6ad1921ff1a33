import type { TestResponse } from '@nuages/testing'
import type { ChangeFormPage } from '../src/pages/change-form-page.ts'
import type { ChangeListPage } from '../src/pages/change-list-page.ts'
import type { ActionConfirmationPage, DeletePage } from '../src/pages/delete-page.ts'
import type { HistoryPage } from '../src/pages/history-page.ts'

/** What the templates of a page were given. */
function pageOf<Page>(response: TestResponse): Page {
  return response.context as unknown as Page
}

export const listPage: (response: TestResponse) => ChangeListPage = pageOf
export const formPage: (response: TestResponse) => ChangeFormPage = pageOf
export const deletePage: (response: TestResponse) => DeletePage = pageOf
export const confirmationPage: (response: TestResponse) => ActionConfirmationPage = pageOf
export const historyPage: (response: TestResponse) => HistoryPage = pageOf

/** The rows of a list in words. */
export function labels(response: TestResponse): string[] {
  return listPage(response).rows.map(({ label }) => label)
}

/** What the cells of a column show. */
export function column(response: TestResponse, name: string): string[] {
  return listPage(response).rows.map(({ cells }) => cells.find((cell) => cell.column === name)?.value.text ?? '?')
}

/** The messages that a page shows. */
export function messagesIn(response: TestResponse): string[] {
  const notes = response.text().matchAll(/data-dismissible[\s\S]*?<div>([\s\S]*?)<\/div>/g)
  return [...notes].map(([, text]) => text!.replace(/<[^>]+>/g, '').trim())
}
