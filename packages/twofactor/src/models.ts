export { TotpDevice } from './device/totp-device.ts'
export { RecoveryCode } from './recovery/recovery-code.ts'
