import type { UrlEntry } from '@nuages/urls'

export const urlpatterns: readonly UrlEntry[] = []
