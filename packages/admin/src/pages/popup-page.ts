/**
 * What a popup answers after it has saved, chosen or deleted, `admin/popup_response.html`: its script hands `result` to the
 * window that opened it, and closes. It is printed as JSON into a data attribute. It has no frame.
 */
export interface PopupPage {
  readonly result: string
  /** Shown where no script runs, with a link back. */
  readonly label: string
  readonly url: string
}
