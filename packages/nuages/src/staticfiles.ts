export * from '@nuages/staticfiles'
