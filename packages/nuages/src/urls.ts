export * from '@nuages/urls'
