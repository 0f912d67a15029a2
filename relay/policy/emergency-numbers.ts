/**
 * Emergency lines of any country, not only the company's: refusing an internal number by mistake costs one phone call, an
 * accidental emergency call costs more. 3GPP TS 22.101 §10.1 (112, 911, 000, 08, 110, 118, 119, 999) and the national lines of
 * Vietnam (111 children, 112 rescue, 113 police, 114 fire, 115 ambulance) and its neighbours in South-East Asia.
 */
const emergency = new Set([
  ...['000', '110', '112', '118', '119', '911', '999'],
  ...['111', '113', '114', '115'],
  ...['117', '190', '191', '192', '193', '194', '195', '199', '991', '992', '993', '994', '995', '997', '998', '1155', '1669'],
]);

export function isEmergency(digits: string): boolean {
  return emergency.has(digits);
}
