import { ciscoWebdialer } from './cisco-webdialer.ts';
import { example } from './example.ts';
import { fusionpbx } from './fusionpbx.ts';
import { grandstreamUcm } from './grandstream-ucm.ts';
import { jambonz } from './jambonz.ts';
import { kazoo } from './kazoo.ts';
import { threeCx } from './3cx.ts';
import type { Vendor } from './vendor.ts';
import { wazo } from './wazo.ts';
import { yeastarP } from './yeastar-p.ts';

/** By the name of the ready-made template; `example` is the PBX of the driver's guide. */
export const VENDORS: Readonly<Record<string, Vendor>> = {
  '3cx': threeCx,
  'cisco-webdialer': ciscoWebdialer,
  example,
  fusionpbx,
  'grandstream-ucm': grandstreamUcm,
  jambonz,
  kazoo,
  wazo,
  'yeastar-p': yeastarP,
};
