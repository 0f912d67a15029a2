/**
 * Vietnam's area codes before 2017, without the leading 0, each with its present code. Decision 2036/QĐ-BTTTT of the Ministry of
 * Information and Communications changed them in three phases; 210, 211, 218 and 219 stayed.
 */
export const formerVietnameseAreas: Record<string, string> = Object.fromEntries(
  (
    '22:212 231:213 20:214 230:215 29:216 52:232 53:233 54:234 510:235 511:236 37:237 38:238 39:239 ' +
    '33:203 240:204 25:205 26:206 27:207 280:208 281:209 320:220 321:221 241:222 31:225 351:226 36:227 350:228 30:229 ' +
    '780:290 781:291 710:292 711:293 74:294 76:296 77:297 79:299 ' +
    '4:24 8:28 61:251 62:252 64:254 55:255 56:256 57:257 58:258 68:259 60:260 501:261 500:262 63:263 59:269 ' +
    '70:270 651:271 72:272 73:273 650:274 75:275 66:276 67:277'
  )
    .split(' ')
    .map((pair) => pair.split(':')),
);
