export * from '@nuages/mail'
