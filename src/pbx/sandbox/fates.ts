/** Pairs of the sandbox's numbers by what becomes of a call between them, the same on every PBX in the box. */
export const FATES = {
  busyFirst: ['486', '105'],
  busySecond: ['105', '486'],
  declinedFirst: ['603', '105'],
  declinedSecond: ['105', '603'],
  silentFirst: ['408', '105'],
  silentSecond: ['105', '408'],
  absentFirst: ['480', '105'],
  absentSecond: ['105', '480'],
  congestedFirst: ['503', '105'],
  congestedSecond: ['105', '503'],
  firstHangsUp: ['104', '105'],
  secondHangsUp: ['105', '104'],
  firstGivesUp: ['410', '408'],
  talking: ['105', '105'],
} as const;
