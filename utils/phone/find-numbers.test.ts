import { describe, expect, it } from 'vitest';
import { countryNames } from './country-names.ts';
import { explainNumbers, type FindOptions, findNumbers } from './find-numbers.ts';
import { formerVietnameseAreas } from './plans/former-vietnamese-areas.ts';
import { homePlans } from './plans/full-plans.ts';

const vietnam: FindOptions = { region: 'VN' };

function marked(text: string, options: FindOptions = vietnam): string[] {
  return findNumbers(text, options).map(({ start, end, number, extension }) =>
    [text.slice(start, end), number, ...(extension ? [extension] : [])].join(' → '),
  );
}

describe('findNumbers', () => {
  it.each([
    ['a bare mobile in a cell', '0912345678', ['0912345678 → +84912345678']],
    ['a label glued to it', 'sđt0912345678', ['0912345678 → +84912345678']],
    ['a label in decomposed Vietnamese', 'Số điện thoại: 912345678'.normalize('NFD'), ['912345678 → +84912345678']],
    [
      'a list',
      'A. Minh 0912345678, 0987654321; 028 3822 1234',
      ['0912345678 → +84912345678', '0987654321 → +84987654321', '028 3822 1234 → +842838221234'],
    ],
    ['lines of the source', '0912\n          345 678', ['0912\n          345 678 → +84912345678']],
    ['a pair with a slash', '0912345678/0987654321', ['0912345678 → +84912345678', '0987654321 → +84987654321']],
    ['a pair with a dash', '0912345678 – 0987654321', ['0912345678 → +84912345678', '0987654321 → +84987654321']],
    ['a second number cut short', '028 3822 1234/35', ['028 3822 1234 → +842838221234']],
    ['full-width digits and spaces', '０９１２　３４５　６７８', ['０９１２　３４５　６７８ → +84912345678']],
    ['zero-width characters inside', '0912\u200b345\u2060678', ['0912\u200b345\u2060678 → +84912345678']],
    ['a bracketed zero after the calling code', '+84 (0) 912 345 678', ['+84 (0) 912 345 678 → +84912345678']],
    ['the calling code without +', '84912345678', ['84912345678 → +84912345678']],
    ['an extension', '028 3822 1234 máy lẻ 102', ['028 3822 1234 máy lẻ 102 → +842838221234 → 102']],
    ['an extension in brackets', '028 3822 1234 (ext. 102)', ['028 3822 1234 (ext. 102) → +842838221234 → 102']],
    ['a service line of four digits', 'Hotline 19001560', ['19001560 → 19001560']],
    ['a service line of six digits', '1800 599 920', ['1800 599 920 → 1800599920']],
    ['a landline with its area code in brackets', '(0236) 3 822 333', ['(0236) 3 822 333 → +842363822333']],
    ['a bracket around the whole', '(0912345678)', ['0912345678 → +84912345678']],
    ['another country with +', 'UK: +44 20 7946 0958', ['+44 20 7946 0958 → +442079460958']],
    ['another country, its groups set apart in several ways', '+49 (30) 1234 5678', ['+49 (30) 1234 5678 → +493012345678']],
    ['another country, a space after dashes', '+39-06-1234 5678', ['+39-06-1234 5678 → +390612345678']],
    ['another country, a time after it', '+65-8442-7190 30 mins before', ['+65-8442-7190 → +6584427190']],
    ['another country, a time after other groups', '+49 30 1234 5678 30 phút trước', ['+49 30 1234 5678 → +493012345678']],
    ['a name after it that begins like a time', '0912 345 678 Minh', ['0912 345 678 → +84912345678']],
    ['another country, such a name after it', '+49 30 1234 5678 Minh', ['+49 30 1234 5678 → +493012345678']],
    ['another country with 00', '0044 20 7946 0958', ['0044 20 7946 0958 → +442079460958']],
    ['a date before it', '12/05/2024 0912345678', ['0912345678 → +84912345678']],
    ['its own label, another behind it', 'Tel: 0274.3.812.905 – Tax code: 3702451187', ['0274.3.812.905 → +842743812905']],
    ['a label with its value before it', 'Bảo hiểm: Mai Thị Thắm - 0384117226', ['0384117226 → +84384117226']],
    ['commas inside it', 'Con gái: 0852,604,917', ['0852,604,917 → +84852604917']],
    ['a list without spaces', '0912345678,0987654321', ['0912345678 → +84912345678', '0987654321 → +84987654321']],
    ['a name that runs into it', 'anhTaiVKS0926317805', ['0926317805 → +84926317805']],
    ['a name tied on behind it', '[VIP] 0911552086_c.Yến_spa', ['0911552086 → +84911552086']],
    ['a number sign behind a phone word', 'Phone no.: 0931884217', ['0931884217 → +84931884217']],
    ['an extension in another language', '028 3822 1234 dahili 105', ['028 3822 1234 dahili 105 → +842838221234 → 105']],
    ['a name and a quantity tied to it', 'Tâm-0336710482-2 hộp', ['0336710482 → +84336710482']],
    ['a name before it, a district behind it', 'Nguyễn Văn Hậu0398 114 726Q. 12', ['0398 114 726 → +84398114726']],
    ['digits read out from some digit on', '0909 4 7 1 8 2 6', ['0909 4 7 1 8 2 6 → +84909471826']],
    ['a service line far from a thing', 'Bảo hiểm Hùng Vương: 1900 545 417', ['1900 545 417 → 1900545417']],
    ['whose number it is', 'Số chị Hoa 0912345678', ['0912345678 → +84912345678']],
    ['a street number after it', '0912 345 678 12 Lê Lợi', ['0912 345 678 → +84912345678']],
    ['the letter O for zero', 'dt O9O1 67 35 82 nha', ['O9O1 67 35 82 → +84901673582']],
    ['commas between pairs', '0978,27,41,53', ['0978,27,41,53 → +84978274153']],
    ['underscores inside it', 'cô Hồng Gấm, 0903_884_127', ['0903_884_127 → +84903884127']],
    ['an extension of a landline in bare brackets', '0238.3.847.925 (103)', ['0238.3.847.925 (103) → +842383847925 → 103']],
    ['an extension behind a word for a set', '0211 3728 460 (máy 305)', ['0211 3728 460 (máy 305) → +842113728460 → 305']],
    ['an extension behind a bare dash', '0225.3842.501-132', ['0225.3842.501-132 → +842253842501 → 132']],
    ['the end of the next line, which is no extension', '028 3822 1234-35', ['028 3822 1234 → +842838221234']],
    ['an extension behind a bar', 'Tel: (84-272) 3779 162 | Ext: 25', ['(84-272) 3779 162 | Ext: 25 → +842723779162 → 25']],
    ['a place whose name is a word for sums', 'BC Rạch Giá: 0297 3872 461', ['0297 3872 461 → +842973872461']],
    ['no extension of a mobile in bare brackets', '0912 345 678 (103)', ['0912 345 678 → +84912345678']],
    ['no extension in a year', '028 3822 1234 (2019)', ['028 3822 1234 → +842838221234']],
    [
      'no extension in the number of the next line',
      '0912345678 / Line: 02923 881 440',
      ['0912345678 → +84912345678', '02923 881 440 → +842923881440'],
    ],
    ['no extension in a quantity', '0912345678 x2 thùng', ['0912345678 → +84912345678']],
    ['a point of a list', '+ 0912345678', ['0912345678 → +84912345678']],
    ['a room before it', 'P1204 0912 345 678', ['0912 345 678 → +84912345678']],
    ['a name in capitals tied to it', 'NGUYEN THI KIM CHI-0859207614-TAN PHU', ['0859207614 → +84859207614']],
    ['two labels glued around it', 'ĐTDĐ0396123456ĐTNR02513822334', ['0396123456 → +84396123456', '02513822334 → +842513822334']],
  ])('finds %s', (_, text, expected) => {
    expect(marked(text)).toEqual(expected);
  });

  it.each([
    ['01693608879', '+84393608879', '+841693608879'],
    ['0121 234 5678', '+84792345678', '+841212345678'],
    ['+84 199 888 7777', '+84598887777', '+841998887777'],
    ['84 186 123 4567', '+84561234567', '+841861234567'],
    ['(08) 3822 1234', '+842838221234', '+84838221234'],
    ['(84-4) 3936 7788', '+842439367788', '+84439367788'],
    ['+84 (8) 3822.1234', '+842838221234', '+84838221234'],
    ['054 3 823 906', '+842343823906', '+84543823906'],
    ['(0511) 3722 480', '+842363722480', '+845113722480'],
    ['0650.3822.519', '+842743822519', '+846503822519'],
    ['031 3 842 177', '+842253842177', '+84313842177'],
    ['(058) 3821 447', '+842583821447', '+84583821447'],
    ['+84 64 3 852 719', '+842543852719', '+84643852719'],
  ])('dials %s, renumbered since, as %s', (text, number, renumberedFrom) => {
    expect(findNumbers(text, vietnam)).toEqual([{ start: 0, end: text.length, number, renumberedFrom }]);
  });

  it.each(['038 384 4207', '0383 844 207', '(077) 345 6789', '0511 372 248', '0650-3822-5190', '0210 3 822 519'])(
    'moves nothing of %s',
    (text) => {
      expect(findNumbers(text, vietnam).filter(({ renumberedFrom }) => renumberedFrom)).toEqual([]);
    },
  );

  it('knows 59 area codes that were renumbered', () => {
    const moved = Object.entries(formerVietnameseAreas).map(
      ([then, today]) =>
        findNumbers(`(0${then}) ${then.length > 1 ? '' : '3'}3822 519`, vietnam)[0]?.number.startsWith(`+84${today}3`) && today,
    );
    expect(moved).toEqual(Object.values(formerVietnameseAreas));
    expect(new Set(moved).size).toBe(59);
  });

  it.each([
    ['Call 1-800-FLOWERS now', ['1-800-FLOWERS → +18003569377']],
    ['800-GOT-JUNK', ['800-GOT-JUNK → +18004685865']],
    ['Model 800-FLOWERS', []],
    ['1-800-Flowers', []],
  ])('spells out %s', (text, expected) => {
    expect(marked(text, { region: 'US', plans: homePlans('US') })).toEqual(expected);
  });

  it('reads national numbers of further regions, the home region first', () => {
    const options = { region: 'VN', regions: ['SG', 'US'], plans: [...homePlans('SG'), ...homePlans('US')] };
    expect(marked('0912345678 | 6222 1234 | (415) 666-7777', options)).toEqual([
      '0912345678 → +84912345678',
      '6222 1234 → +6562221234',
      '(415) 666-7777 → +14156667777',
    ]);
  });

  it.each(['8 4 9 1 2 3 4 5 6 7 8', 'Tel: 8 4 9 1 2 3 4 5 6 7 8', '0 9 1 2 3 4 5 6 7 8'])(
    'takes %s for a number read out',
    (text) => {
      expect(findNumbers(text, vietnam).map(({ number }) => number)).toEqual(['+84912345678']);
    },
  );

  it.each([
    'POS: 0912345678',
    'Nhân viên POS: 0912345678',
    'POS Biên Hòa 0912345678',
    'Visitor: +84912345678',
    'Chat with visitor 0912 345 678',
    'Reservation +84912345678',
    'Linh kiện Bảo Tín 0912.345.678',
  ])('takes the number in %s for somebody’s', (text) => {
    expect(findNumbers(text, vietnam).map(({ number }) => number)).toEqual(['+84912345678']);
  });

  it.each([
    ['JP', '0903 123 456 1', ['0903 123 456 → +84903123456']],
    ['JP', '0903123456 (2)', ['0903123456 → +84903123456']],
    ['PH', '0912345678 2 hộp', ['0912345678 → +84912345678']],
    ['CN', '0912345678 2 hộp', ['0912345678 → +84912345678']],
    ['DE', '0912 345 678 0987 654 321', ['0912 345 678 → +84912345678', '0987 654 321 → +84987654321']],
    ['DE', '0912.345.678/0987.654.321', ['0912.345.678 → +84912345678', '0987.654.321 → +84987654321']],
    ['DE', '0912 345 678 12 Lê Lợi', ['0912 345 678 → +84912345678']],
    ['DE', 'sđt1 0931884217 sđt2 0931884218', ['0931884217 → +84931884217', '0931884218 → +84931884218']],
    ['DE', 'Tel: (84-24) 3835 9046', ['(84-24) 3835 9046 → +842438359046']],
    ['DE', 'Tel. 0341 123 456 78', ['0341 123 456 78 → +4934112345678']],
    ['DE', 'SĐT: 0912 345678-2 hộp', []],
    ['PH', 'SĐT: 0912 345678-2', []],
    ['DE', 'SĐT: 0912345678-2', []],
    ['DE', 'SĐT: 0912.345.678-02', []],
    ['CN', 'SĐT: 0912345678-2 hộp', []],
    ['RU', '8 (491) 234-56-78', ['8 (491) 234-56-78 → +74912345678']],
    ['DE', '030 12345678', ['030 12345678 → +493012345678']],
    ['JP', '090-1234-5678', ['090-1234-5678 → +819012345678']],
  ])('where %s is open, too, lengthens no number of home in %s', (region, text, expected) => {
    expect(marked(text, { region: 'VN', regions: [region], plans: homePlans(region) })).toEqual(expected);
  });

  it.each([
    [undefined, '01273774512 → +84813774512'],
    ['Việt Nam', '01273774512 → +84813774512'],
    [' United Kingdom ', '01273774512 → +441273774512'],
    ['GB', '01273774512 → +441273774512'],
    ['France', '01273774512 → +84813774512'],
  ])('reads the national numbers of the row’s country, %s, before those of home', (country, expected) => {
    const countries = countryNames('VN', ['GB']);
    const options = {
      region: 'VN',
      regions: ['GB'],
      plans: homePlans('GB'),
      countries,
      ...(country && { context: { country } }),
    };
    expect(marked('01273774512', options)).toEqual([expected]);
  });

  it.each([
    ['SĐT', '912345678', 1],
    ['Phone / Mã KH', '912345678', 1],
    ['Ghi chú', '912345678', 0],
    ['Ghi chú', '0912345678', 1],
    ['MST', '0912345678', 0],
    ['Mã đơn', '0912345678', 0],
    ['Mã đơn', 'SĐT 0912345678', 1],
    ['order_id', '0912345678', 0],
    ['Account owner', 'Lan 0912345678', 1],
  ])('under the header %s takes %s for %i numbers', (label, text, count) => {
    expect(findNumbers(text, { region: 'VN', context: { label } })).toHaveLength(count);
  });

  it('knows no national numbers of a region that does not exist', () => {
    expect(marked('0912345678 +84912345678', { region: 'ZZ' })).toEqual(['+84912345678 → +84912345678']);
  });
});

describe('explainNumbers', () => {
  it.each([
    ['+84912345678', 'international'],
    ['0912345678', 'national'],
    ['SĐT 912345678', 'labelled'],
    ['1900 1234', 'service-line'],
    ['901.234.567 đ', 'currency'],
    ['901.234.567', 'price'],
    ['MST: 0316794479', 'label'],
    ['0316794479', 'tax-code'],
    ['912345678', 'prefix-missing'],
    ['Số máy: 4D56-0912345', 'part-of-code'],
    ['Schadensnr. 0912345678', 'label'],
    ['Job 0912345678 done', 'label'],
    ['Job site 0912 345 678', 'national'],
    ['Pratica n. 0912345678', 'label'],
    ['Số bệnh phẩm 0912345678', 'label'],
    ['Gọi số tiếp thị 0912345678', 'labelled'],
    ['رقم الطلب 0912345678', 'label'],
    ['رقم الهاتف 0912345678', 'labelled'],
    ['18.00 - 19.00', 'range'],
    ['0912345678/2024', 'part-of-code'],
    ['0912345678-001', 'part-of-code'],
    ['DH0912345678', 'part-of-code'],
    ['https://a.vn/0912345678', 'url'],
    ['0912345678@a.vn', 'email'],
    ['0912345678.mp3', 'file-name'],
    ['0912345678 km', 'unit'],
    ['1800-1900', 'range'],
    ['1800 - 2230', 'range'],
    ['0 2 4 6 8 10 12 14', 'sequence'],
  ])('says of %s: %s', (text, reason) => {
    expect(explainNumbers(text, vietnam).map((explanation) => explanation.reason)).toContain(reason);
  });
});
