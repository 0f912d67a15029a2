/** 0:07, 12:30, 1:02:03 */
export function clock(seconds: number): string {
  const [hours, minutes, rest] = clockParts(seconds);
  return [...(hours > 0 ? [hours, padded(minutes)] : [minutes]), padded(rest)].join(':');
}

export function clockParts(seconds: number): [hours: number, minutes: number, seconds: number] {
  const whole = Math.max(0, Math.floor(seconds));
  return [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
}

const padded = (value: number) => String(value).padStart(2, '0');
