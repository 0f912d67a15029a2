interface Lead {
  id: number;
  name: string;
  /** As printed in the list. */
  phone: string;
  dial: string;
}

const names = [
  'An',
  'Bình',
  'Chi',
  'Dũng',
  'Giang',
  'Hạnh',
  'Khoa',
  'Linh',
  'Minh',
  'Nga',
  'Oanh',
  'Phúc',
  'Quân',
  'Thảo',
  'Vinh',
  'Yến',
];
const families = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Vũ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ'];
const prefixes = ['090', '091', '093', '096', '097', '098', '032', '035', '038', '070', '079', '083', '086', '088'];

/** Enough rows that the list has to be virtualised; the same on every start. */
export const leads: Lead[] = Array.from({ length: 2000 }, (_, index) => {
  const rest = String(1_000_003 + index * 4_271).slice(-7);
  const prefix = prefixes[index % prefixes.length] ?? '090';
  const family = families[Math.floor(index / names.length) % families.length];
  return {
    id: index + 1,
    name: `${family} ${names[index % names.length]}`,
    phone: `${prefix}${rest.slice(0, 1)} ${rest.slice(1, 4)} ${rest.slice(4)}`,
    dial: `+84${prefix.slice(1)}${rest}`,
  };
});
