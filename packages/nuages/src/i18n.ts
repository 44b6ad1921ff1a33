export * from '@nuages/i18n'
