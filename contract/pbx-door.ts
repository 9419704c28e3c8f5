/** The path at which PBXs that connect to us come in. It stands in the files of every such PBX: it does not change. */
export const PBX_DOOR_PATH = '/pbx/ari';

/** @param base how this server is reached: `https://click2call.example.net` */
export function pbxDoorUrl(base: string): string {
  return `${base.replace(/^http/, 'ws')}${PBX_DOOR_PATH}`;
}
