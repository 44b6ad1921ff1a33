import type { HttpResponse } from '@nuages/http'
import { render } from '@nuages/views'
import type { PopupPage } from '../pages/popup-page.ts'
import type { ModelScope } from './page-scope.ts'

/** What became of a related row, for the window that opened the popup. */
export interface PopupResult {
  readonly action: 'add' | 'change' | 'delete'
  readonly value: string
  readonly text: string
  readonly newValue?: string
}

/** The page of a popup that is done: its script tells the window that opened it, and closes. */
export function popupResponse({ site, request, modelAdmin }: ModelScope, result: PopupResult): Promise<HttpResponse> {
  const url = site.modelUrl('changelist', modelAdmin.meta)
  const page: PopupPage = { result: JSON.stringify(result), label: result.text, url }
  return render(request, 'admin/popup_response.html', { ...page })
}
