import { totpDeviceAdmin } from './admin/totp-device-admin.ts'
import { TotpDevice } from './device/totp-device.ts'

/** What the app `admin` shows, where it is installed. */
export const modelAdmins = [{ model: TotpDevice, options: totpDeviceAdmin }]
