/** One of each kind of page, by its name in the pictures. */
export const kindsOfPage = {
  index: '/admin/',
  'app-index': '/admin/press/',
  list: '/admin/press/story/',
  'list-filtered': '/admin/press/story/?q=fog&status__exact=published',
  'list-nothing': '/admin/press/story/?q=hovercraft',
  'list-empty': '/admin/press/proof/',
  'list-editable': '/admin/press/comment/',
  add: '/admin/press/story/add/',
  change: '/admin/press/story/1/change/',
  delete: '/admin/press/story/1/delete/',
  'delete-protected': '/admin/press/section/1/delete/',
  history: '/admin/press/story/3/history/',
  password: '/admin/password-change/',
  user: '/admin/auth/user/2/change/',
  'user-password': '/admin/auth/user/2/password/',
  'not-found': '/admin/nowhere/',
} as const

export type KindOfPage = keyof typeof kindsOfPage
