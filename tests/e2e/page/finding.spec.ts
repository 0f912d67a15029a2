import { bundlePage } from './bundle-page.ts';
import { expect, test } from './harness.ts';

const found: [name: string, html: string, texts: string[]][] = [
  [
    'beside forms whose fields have the names of what is read of a form',
    `<div>${['firstChild', 'nextSibling', 'parentNode'].map((name) => `<form><input name="${name}"></form>`).join('0901234567')}</div>`,
    ['0901234567', '0901234567'],
  ],
  ['plain text', '<p>Gọi 090 123 4567 nhé</p>', ['090 123 4567']],
  ['split over inline elements', '<p><span>090</span><b>123</b>4567</p>', ['0901234567']],
  ['split with spaces between', '<p><span>090</span> <i>123</i> <u>4567</u></p>', ['090 123 4567']],
  ['nested inline elements', '<p><b><i>0</i>90</b><a>1234<em>567</em></a></p>', ['0901234567']],
  ['not over the links to pages', `<nav>${[...'0901234567'].map((digit) => `<a href=#>${digit}</a>`).join('')}</nav>`, []],
  ['beside a link glued to it', '<p><a href=#>0901234567</a><span>an@crm.vn</span></p>', ['0901234567']],
  [
    'in a row of values below one of headers that name others too',
    `<section><div style="display:flex" class="head"><b>Hướng</b><b>Từ</b><b>Call ID</b></div>
    <div style="display:flex" class="row"><b>↙</b><b>0901234567</b><b>1764464534</b></div></section>`,
    ['0901234567'],
  ],
  ['but in a link inside', '<p><a href=#>Lan 090<b>123</b></a>4567</p>', ['0901234567']],
  ['without the mark of a footnote', '<p>Tel<sup>1</sup>: 090 123 4567<sup>2</sup></p>', ['090 123 4567']],
  ['a comment inside', '<p>090<!-- x -->1234567</p>', ['0901234567']],
  ['display: contents', '<p><span style="display:contents">090</span>1234567</p>', ['0901234567']],
  ['not over cells', '<table><tr><td>090</td><td>1234567</td></tr></table>', []],
  ['not over blocks', '<div>090<div>1234567</div></div>', []],
  ['not over list items', '<ul><li>090</li><li>1234567</li></ul>', []],
  ['not over a line break', '<p>090<br>1234567</p>', []],
  ['not over spans shown as blocks', '<p><span style="display:block">090</span><span>1234567</span></p>', []],
  ['not over items of a flexbox', '<div style="display:flex"><span>090</span><span>1234567</span></div>', []],
  [
    'a number between letters in other items of a flexbox',
    '<div style="display:flex"><b>Test</b><span>0901234567</span><i>x</i></div>',
    ['0901234567'],
  ],
  ['not between letters in one word', '<p><b>Test</b><span>0901234567</span><i>x</i></p>', []],
  [
    'a column whose header says that it holds phone numbers',
    '<table><tr><th>Tên</th><th>Điện thoại</th></tr><tr><td>An</td><td>901234567</td></tr></table>',
    ['901234567'],
  ],
  [
    'not a column whose header says that it holds something else',
    '<table><tr><th>Mã đơn hàng</th><th>Ghi chú</th></tr><tr><td>0901234567</td><td>Gọi 0912345678</td></tr></table>',
    ['0912345678'],
  ],
  [
    'not a column that the lower of two rows of headers calls an order',
    `<table><tr><th rowspan=2>Tên</th><th colspan=2>Liên hệ</th></tr><tr><th>Di động</th><th>Mã đơn hàng</th></tr>
    <tr><td>An</td><td>0901234567</td><td>0912345678</td></tr></table>`,
    ['0901234567'],
  ],
  [
    'details below a row, which are no values of its first column',
    `<table><tr><th>Mã khách hàng</th><th>Tên</th></tr><tr><td>0901234567</td><td>An</td></tr>
    <tr><td colspan=2><dl><dt>Điện thoại 2</dt><dd>0912345678</dd></dl></td></tr></table>`,
    ['0912345678'],
  ],
  [
    'not what the header of its row calls a code',
    '<table><tr><th>Mã số thuế</th><td>0901234567</td></tr><tr><th>Di động</th><td>0912345678</td></tr></table>',
    ['0912345678'],
  ],
  [
    'not a column of a grid that its header calls an order',
    `<div role="grid"><div role="row"><b role="columnheader" aria-colindex="2">Mã đơn hàng</b><b role="columnheader" aria-colindex="5">Di động</b></div>
    <div role="row"><p role="gridcell" aria-colindex="2">0901234567</p><p role="gridcell" aria-colindex="5">0912345678</p></div></div>`,
    ['0912345678'],
  ],
  [
    'not by its place in a grid that does not count',
    `<div role="table"><b role="columnheader">Mã đơn hàng</b><b role="columnheader">Di động</b>
    <p role="cell">0901234567</p><p role="cell">0912345678</p><p role="cell">0901234568</p><p role="cell">0912345679</p></div>`,
    ['0912345678', '0912345679'],
  ],
  [
    'not a column whose header stands in a table of its own',
    `<div><div><table><tr><th>Tên</th><th>Mã đơn hàng</th></tr></table></div>
    <div><table><tr><td>An</td><td>0901234567</td></tr><tr><td>0912345678</td><td>0901234568</td></tr></table></div></div>`,
    ['0912345678'],
  ],
  [
    'not a column that a first row of another look calls an order',
    `<table><tr><td class="h">Tên</td><td class="h">Mã đơn hàng</td><td class="h">Di động</td></tr>
    <tr><td>An</td><td>0901234567</td><td>0912345678</td></tr></table>`,
    ['0912345678'],
  ],
  [
    'not by its place in rows of blocks below one of another look',
    `<section><div class="head"><p>Tên</p><p>Mã đơn hàng</p><p>Di động</p></div>
    <div class="row"><p>An</p><p>0901234567</p><p><b>0912345678</b></p></div></section>`,
    ['0912345678'],
  ],
  [
    'not the second of two cells when the first calls it a code',
    '<table><tr><td>Mã số thuế</td><td>0901234567</td></tr><tr><td>Di động</td><td>0912345678</td></tr></table>',
    ['0912345678'],
  ],
  [
    'not what the label beside it calls a code, however both are wrapped',
    '<section><div class="k"><i>Mã số thuế</i></div><div class="v"><div><p>0901234567</p></div></div></section>',
    [],
  ],
  [
    'not what the label before it in a row calls a code',
    '<div style="display:flex"><span>Mã số thuế</span><span>0901234567</span></div>',
    [],
  ],
  ['and not by a style sheet beside it', '<div><style>/* Mã đơn hàng */</style><p>0901234567</p></div>', ['0901234567']],
  [
    'in messages that follow one about an order',
    '<div><p class="m">Mã đơn hàng của em</p><p class="m">0901234567</p></div>',
    ['0901234567'],
  ],
  [
    'not a value in one of several pairs that is called an order',
    '<div class="r"><p class="m">Điện thoại</p><p class="m">0912345678</p></div><div class="r"><p class="m">Mã đơn hàng</p><p class="m">0901234567</p></div>',
    ['0912345678'],
  ],
  [
    'not a column named by the first row of an old table',
    '<table><tr bgcolor=#ccc><td>STT<td>Số phiếu<td>Lái xe<td>ĐTDĐ</tr><tr><td>1<td>0934120057<td>Thanh<td>0985 617 042</tr></table>',
    ['0985 617 042'],
  ],
  [
    'not a column named by a head of plain cells',
    '<table><thead><tr><td></td><th>Khách</th><th>Mã vận đơn</th></tr></thead><tr><th></th><td>An 0985 617 042</td><td>0389 014 726</td></tr></table>',
    ['0985 617 042'],
  ],
  [
    'not a column named below the letters of a spreadsheet',
    `<table><tr><th></th><th>A</th><th>B</th><th>C</th></tr><tr><th>1</th><td>tên</td><td>sdt</td><td>mã vđ</td></tr>
    <tr><th>2</th><td>Hằng</td><td>358204917</td><td>0846193027</td></tr></table>`,
    ['358204917'],
  ],
  [
    'not a row of things told of several places',
    `<table><tr><th></th><th>CN Đà Lạt</th><th>CN Nha Trang</th></tr><tr><th>Di động</th><td>0905 617 042</td><td>0985 617 042</td></tr>
    <tr><th>STK nhận chuyển khoản</th><td>0561 937 284</td><td>0908 471 623</td></tr></table>`,
    ['0905 617 042', '0985 617 042'],
  ],
  [
    'not the second of a pair of cells whose first says what it is, in fields neither',
    `<table><tr><td>Số CIF<td>0937461<td>Điện thoại<td>0937 216 840</tr><tr><td>Số sổ tiết kiệm<td>0839 172 645<td>Zalo<td>0985 617 042</tr>
    <tr><td>Mã khách hàng<td><input readonly value="PD09003"><td>Số công tơ<td><input readonly value="0378 264 091"></tr></table>`,
    ['0937 216 840', '0985 617 042'],
  ],
  [
    'but the first names and values of rows that begin with theirs',
    `<table><tr><th>Họ tên</th><td>Hữu Nghĩa</td><th>Giới tính</th><td>Nam</td></tr>
    <tr><th>Số TK</th><td>0380127746</td><th>Điện thoại</th><td>0251 3847 620</td></tr></table>`,
    ['0251 3847 620'],
  ],
  [
    'not a grid whose rows and head are tables of their own',
    `<div><div><table><thead><tr><td><div>Số thẻ</div></td><td><div>ĐTDĐ</div></td><td>Ghi chú</td></tr></thead></table></div>
    <div><div>${['0325 718 904', '0325 718 911'].map((card, at) => `<div><table><tr><td>${card}</td><td>0985 617 04${at}</td><td></td></tr></table></div>`).join('')}</div></div></div>`,
    ['0985 617 040', '0985 617 041'],
  ],
  [
    'not what the line above calls a code, nor the lines below it',
    '<p><b>MST được tra nhiều</b><br>0900 318 475 – CTY CP MINH QUÝ<br>0901 127 638 – HTX YÊN MỸ</p><p>Shipper<br>0985 617 042</p>',
    ['0985 617 042'],
  ],
  [
    'what the label beside its shadow host calls a phone number',
    '<div><span>Phone</span><div><x-text><template shadowrootmode="open">901 234 567</template></x-text></div></div>',
    ['901 234 567'],
  ],
  [
    'not a column of codes for the name that its row begins with',
    `<table><tr><th>Khách</th><th>Mã đơn hàng</th><th>Ghi chú</th></tr>
    <tr><th scope="row">Thế Giới Di Động</th><td>0561 937 284</td><td>Giao 0985 617 042</td></tr></table>`,
    ['0985 617 042'],
  ],
  [
    'a column of phones for a name above the number, and a number below a label that has its value',
    `<table><tr><th>SĐT</th><th>Khách</th></tr><tr><td>Chị Lan<br>912 345 678</td><td>Mã KH<br>KH-0012<br>0985 617 042</td></tr></table>`,
    ['0985 617 042', '912 345 678'],
  ],
  [
    'what is below no heads, for those of another table',
    `<div><table><tr><th>Khách</th><th>Mã đơn</th><th>Ngày</th></tr><tr><td>Lan</td><td>0561 937 284</td><td>1/2</td></tr></table></div>
    <div><div><div><div><table><tr><td>1</td><td>0985 617 042</td><td>x2</td></tr><tr><td>2</td><td>0985 617 043</td><td>x3</td></tr></table></div></div></div></div>`,
    ['0985 617 042', '0985 617 043'],
  ],
  [
    'not a column named above a row of fields for searching',
    `<table><thead><tr><th>Học viên</th><th>Mã HV</th></tr><tr><td><input></td><td><input></td></tr></thead>
    <tr><td>Gấu 0985 617 042</td><td>0324070015</td></tr></table>`,
    ['0985 617 042'],
  ],
  ['a read-only field by its label', '<label for=f>Mã số thuế</label> <input id=f readonly value="0901234567">', []],
  ['not what a term calls a code', '<dl><dt>Mã số thuế</dt><dd>0901234567</dd></dl>', []],
  ['two in one line', '<p>0901234567, 0912345678</p>', ['0901234567', '0912345678']],
  ['a call link without a number in its text', '<p><a href="tel:+84901234567">Gọi</a></p>', ['tel:+84901234567']],
  ['a callto link', '<p><a href="CALLTO:0901234567">Gọi</a></p>', ['CALLTO:0901234567']],
  ['a call link that shows its number', '<p><a href="tel:0901234567">0901 234 567</a></p>', ['0901 234 567']],
  [
    'a call link that shows its number behind a code',
    '<p>Mã KH: <a href="tel:0901234567">0901 234 567</a></p>',
    ['0901 234 567'],
  ],
  [
    'a call link in a column of codes, once',
    '<table><tr><th>Mã KH</th><th>x</th></tr><tr><td><a href="tel:0901234567"><div>An</div><div>901234567</div></a></td><td></td></tr></table>',
    ['901234567'],
  ],
  ['a call link without a prefix', '<p><a href="tel://901234567">Gọi</a></p>', ['tel://901234567']],
  ['a read-only field', '<input readonly value="0901234567">', ['0901234567']],
  ['a disabled field', '<input type=tel disabled value="0901234567">', ['0901234567']],
  ['not a field for typing', '<input value="0901234567"><textarea>0901234567</textarea>', []],
  ['not a password', '<input type=password readonly value="0901234567">', []],
  [
    'not script, style, template, noscript',
    '<script>"0901234567"</script><style>/*0901234567*/</style><template>0901234567</template>',
    [],
  ],
  [
    'not contenteditable',
    '<div contenteditable>0901234567</div><div contenteditable="plaintext-only"><b>0901234567</b></div>',
    [],
  ],
  ['but the fixed part of it', '<div contenteditable><span contenteditable="false">0901234567</span></div>', ['0901234567']],
  ['not a text box by role', '<div role="textbox"><p>0901234567</p></div>', []],
  ['not the choices of a list', '<select><option>0901234567</option></select>', []],
  ['no date, price or tax code', '<p>12/03/2024</p><p>901.234.567 đ</p><p>MST: 0316794479</p>', []],
];

for (const [name, html, texts] of found) {
  test(`finds ${name}`, async ({ crm }) => {
    await crm.show(html);
    await expect.poll(() => crm.texts()).toEqual(texts);
  });
}

test('reads numbers as those of the country that their row names, and of the page’s language after those of home', async ({
  crm,
}) => {
  const row = (country: string, phone: string) => `<tr><td>${country}</td><td>${phone}</td></tr>`;
  await crm.show(`<table><tr><th>Quốc gia</th><th>Điện thoại</th></tr>
    ${row('Anh', '01273 774512')}${row('Việt Nam', '01273 774512')}${row('', '0612487731')}
    <tr><td aria-colindex="7">Anh</td><td aria-colindex="8">01273 774513</td></tr></table>
    <div role="grid"><div role="row"><b role="columnheader">Country</b><b role="columnheader">Phone</b></div>
    <div role="row"><div role="gridcell">Singapore</div><div role="gridcell">6448 1722</div></div></div>`);
  for (const [lang, expected] of [
    ['vi', '+49612487731'],
    ['fr', '+33612487731'],
  ]) {
    await crm.inWorld(`world.stop(), document.documentElement.lang = '${lang}'`);
    await crm.inWorld("world.start({ homeRegion: 'VN', regions: ['GB', 'DE', 'FR', 'SG'] })");
    await expect
      .poll(() => crm.numbers())
      .toEqual(['+441273774512', '+441273774513', expected, '+6564481722', '+84813774512'].sort());
  }
});

test('reads the headers of AG Grid, and the country of a row from another section of it', async ({ crm }) => {
  await crm.page.setContent('<!doctype html><div id="app"></div>');
  await crm.page.addScriptTag({ content: await bundlePage('ag-grid-columns') });
  await crm.page.waitForSelector('[role="gridcell"]');
  await crm.start();
  await crm.inWorld("world.stop(), world.start({ homeRegion: 'VN', regions: ['TH'] })");
  await expect.poll(() => crm.numbers()).toEqual(['+66812345678', '+66901234567', '+84812345678', '+84912345678']);
});

test('reads the country of a row whose pinned columns stand in a row of their own', async ({ crm }) => {
  const row = (index: number, role: string, ...cells: [number, string][]) =>
    `<div role="row" aria-rowindex="${index}">${cells.map(([at, text]) => `<div role="${role}" aria-colindex="${at}">${text}</div>`).join('')}</div>`;
  await crm.show(`<div role="grid">
    <div>${row(1, 'columnheader', [1, 'Country'])}</div><div>${row(1, 'columnheader', [2, 'Name'], [3, 'Phone'])}</div>
    <div>${row(2, 'gridcell', [1, 'Thailand'])}${row(3, 'gridcell', [1, 'Vietnam'])}</div>
    <div>${row(2, 'gridcell', [2, 'An'], [3, '081 234 5678'])}${row(3, 'gridcell', [3, '081 234 5678'])}</div></div>`);
  await crm.inWorld("world.stop(), world.start({ homeRegion: 'VN', regions: ['TH'] })");
  await expect.poll(() => crm.numbers()).toEqual(['+66812345678', '+84812345678']);
});

test('reads the number in a call link as one of the country of its address, and none where that number is hidden', async ({
  crm,
}) => {
  await crm.show(`<p>Paul: <a href="tel:+33782123456">07 82 12 34 56</a></p><a href="tel:+66812345678"><div>081 234 5678</div></a>
    <p>An: <a href="tel:+33782123457">0901 234 567</a></p>`);
  await expect.poll(() => crm.numbers()).toEqual(['+33782123456', '+66812345678', '+84901234567']);
  await crm.inWorld("world.stop(), world.cards.hidden = [{ number: '+66812345678', text: '' }], world.start()");
  await expect.poll(() => crm.numbers()).toEqual(['+33782123456', '+84901234567']);
  await crm.inWorld('world.cards.hidden = []');
});

const labelled: [name: string, html: string, label: string, before: string[], after: string[]][] = [
  [
    'the country in a row of a table',
    '<table><tr><th>Country</th><th>Phone</th></tr><tr><td id="a"></td><td>081 234 5678</td></tr></table>',
    'Thailand',
    ['+84812345678'],
    ['+66812345678'],
  ],
  [
    'the country in a row of a grid',
    `<div role="grid"><div role="row"><b role="columnheader">Country</b><b role="columnheader">Phone</b></div>
    <div role="row"><div role="gridcell"><i id="a"></i></div><div role="gridcell">081 234 5678</div></div></div>`,
    'Thailand',
    ['+84812345678'],
    ['+66812345678'],
  ],
  [
    'the header of a column',
    '<table><tr><th>Tên</th><th id="a">…</th></tr><tr><td>An</td><td>912345678</td></tr></table>',
    'Điện thoại',
    [],
    ['+84912345678'],
  ],
  [
    'the header of a column as something else',
    '<table><thead><tr><th>Tên</th><th id="a">…</th></tr></thead><tr><td>An</td><td>0912345678</td></tr></table>',
    'Mã đơn hàng',
    ['+84912345678'],
    [],
  ],
  [
    'the country of a row whose other columns are pinned',
    `<div role="grid"><div><div role="row" aria-rowindex="1"><b role="columnheader" aria-colindex="1">Country</b></div></div>
     <div><div role="row" aria-rowindex="1"><b role="columnheader" aria-colindex="2">Phone</b></div></div>
     <div><div role="row" aria-rowindex="2"><div role="gridcell" aria-colindex="1"><i id="a"></i></div></div></div>
     <div><div role="row" aria-rowindex="2"><div role="gridcell" aria-colindex="2">081 234 5678</div></div></div></div>`,
    'Thailand',
    ['+84812345678'],
    ['+66812345678'],
  ],
  ['the label of a field', '<dl><dt id="a"></dt><dd>912345678</dd></dl>', 'Điện thoại', [], ['+84912345678']],
];
for (const [name, html, label, before, after] of labelled)
  test(`reads numbers again once the page fills in ${name}`, async ({ crm }) => {
    await crm.show(html);
    await crm.inWorld("world.stop(), world.start({ homeRegion: 'VN', regions: ['TH'] })");
    await expect.poll(() => crm.numbers()).toEqual(before);
    await crm.settle(200);
    await crm.page.evaluate((words) => (document.querySelector('#a')!.textContent = words), label);
    await expect.poll(() => crm.numbers()).toEqual(after);
  });

test('finds open shadow roots, nested, and what is added to them later', async ({ crm }) => {
  await crm.show('<div id="a"></div>');
  await crm.page.evaluate(() => {
    const outer = document.querySelector('#a')!.attachShadow({ mode: 'open' });
    outer.innerHTML = '<p>0901234567</p><section></section>';
    outer.querySelector('section')!.attachShadow({ mode: 'open' }).innerHTML = '<p>0912345678</p>';
  });
  await expect.poll(() => crm.texts()).toEqual(['0901234567', '0912345678']);
  await crm.page.evaluate(() => document.querySelector('#a')!.shadowRoot!.append('0933444555'));
  await expect.poll(() => crm.texts()).toEqual(['0901234567', '0912345678', '0933444555']);
});

test('finds a component again that was taken out for a while and put back', async ({ crm }) => {
  await crm.show('<p>0901234567</p><div id="a"></div>');
  await crm.page.evaluate(() => {
    const component = document.querySelector('#a')!;
    component.attachShadow({ mode: 'open' }).innerHTML = '<p>0912345678</p>';
    component.replaceWith(component);
    Object.assign(window, { component });
  });
  await expect.poll(() => crm.texts()).toEqual(['0901234567', '0912345678']);
  await crm.page.evaluate(() => document.querySelector('#a')!.remove());
  await expect.poll(() => crm.texts()).toEqual(['0901234567']);
  await crm.page.evaluate(() => document.body.append((window as unknown as { component: Element }).component));
  await expect.poll(() => crm.texts()).toEqual(['0901234567', '0912345678']);
});

test('forgets what the page hands over to another window', async ({ crm }) => {
  await crm.show('<p>0901234567</p><div id="a">0912345678</div><iframe></iframe>');
  await expect.poll(() => crm.texts()).toEqual(['0901234567', '0912345678']);
  await crm.page.evaluate(() => document.querySelector('iframe')!.contentDocument!.body.append(document.querySelector('#a')!));
  await expect.poll(() => crm.texts()).toEqual(['0901234567']);
});

test('finds the number behind a drawing on a page of XML', async ({ crm }) => {
  await crm.page.route('http://crm.test/', (route) =>
    route.fulfill({
      contentType: 'application/xhtml+xml',
      body: `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>
        <div><svg xmlns="http://www.w3.org/2000/svg"><path/></svg> 0901234567</div><p>0912345678</p></body></html>`,
    }),
  );
  await crm.page.goto('http://crm.test/');
  await crm.start();
  await expect.poll(() => crm.texts()).toEqual(['0901234567', '0912345678']);
});

test('finds the roots that plain elements get later, once each is filled', async ({ crm }) => {
  await crm.show('<div></div><main><!-- x --></main><span>x</span>');
  await crm.settle(600);
  await crm.page.evaluate(() => {
    for (const [at, name] of ['div', 'main'].entries())
      document.querySelector(name)!.attachShadow({ mode: 'open' }).innerHTML = `<p>090123456${at}</p>`;
  });
  await expect.poll(() => crm.texts()).toEqual(['0901234560', '0901234561']);
});

test('finds the root of an element defined later', async ({ crm }) => {
  await crm.show('<x-phone></x-phone>');
  await crm.page.evaluate(() => {
    customElements.define(
      'x-phone',
      class extends HTMLElement {
        connectedCallback() {
          this.attachShadow({ mode: 'open' }).innerHTML = '<p>0901234567</p>';
        }
      },
    );
  });
  await expect.poll(() => crm.texts()).toEqual(['0901234567']);
});

const edits: [name: string, html: string, edit: () => void, texts: string[]][] = [
  ['late text', '<p></p>', () => document.querySelector('p')!.append('0901234567'), ['0901234567']],
  [
    'changed text',
    '<p>0901234567</p>',
    () => (document.querySelector('p')!.firstChild as Text).replaceData(9, 1, '8'),
    ['0901234568'],
  ],
  ['removed text', '<p>0901234567</p>', () => document.querySelector('p')!.remove(), []],
  ['a number joined', '<p>090<br>1234567</p>', () => document.querySelector('br')!.remove(), ['0901234567']],
  [
    'a number parted',
    '<p>0901234567</p>',
    () => (document.querySelector('p')!.firstChild as Text).splitText(4).before(document.createElement('br')),
    [],
  ],
  [
    'an inline element added',
    '<p><b>090</b></p>',
    () => document.querySelector('p')!.insertAdjacentHTML('beforeend', '<i>1234567</i>'),
    ['0901234567'],
  ],
  [
    'a page of its own (SPA)',
    '<main>0901234567</main>',
    () => (document.body.innerHTML = '<main>0912345678</main>'),
    ['0912345678'],
  ],
  ['made editable', '<p>0901234567</p>', () => document.querySelector('p')!.setAttribute('contenteditable', ''), []],
  ['made read-only', '<input value="0901234567">', () => (document.querySelector('input')!.readOnly = true), ['0901234567']],
  [
    'a changed link',
    '<a href="tel:0901234567">Gọi</a>',
    () => document.querySelector('a')!.setAttribute('href', 'tel:0912345678'),
    ['tel:0912345678'],
  ],
  [
    'rows in another order',
    '<table><tbody><tr><td>0901234567</td></tr><tr><td>0912345678</td></tr></table>',
    () => document.querySelector('tbody')!.append(document.querySelector('tr')!),
    ['0901234567', '0912345678'],
  ],
];

for (const [name, html, edit, texts] of edits) {
  test(`follows ${name}`, async ({ crm }) => {
    await crm.show(html);
    await crm.texts();
    await crm.page.evaluate(edit);
    await expect.poll(() => crm.texts()).toEqual(texts);
  });
}

test('keeps the marks of a table right through 1,000 rounds of random edits', async ({ crm }) => {
  await crm.show(`<table><tbody>${'<tr><td>0901234567</td><td>x</td></tr>'.repeat(50)}</tbody></table>`);
  const expected = await crm.page.evaluate(async () => {
    const body = document.querySelector('tbody')!;
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 48271) % 2147483647;
      return seed % below;
    };
    for (let round = 0; round < 1_000; round++) {
      const row = body.rows[random(body.rows.length)]!;
      const number = `09${String(10_000_000 + random(89_999_999)).slice(0, 8)}`;
      const edit = random(5);
      if (edit === 0) body.append(row);
      if (edit === 1) row.cells[0]!.textContent = number;
      if (edit === 2) row.cells[0]!.innerHTML = `<b>${number.slice(0, 4)}</b><i>${number.slice(4)}</i>`;
      if (edit === 3) body.insertBefore(row.cloneNode(true), row);
      if (edit === 4 && body.rows.length > 30) row.remove();
      if (round % 10 === 0) await new Promise(requestAnimationFrame);
    }
    return [...body.rows].map((row) => row.cells[0]!.textContent!).sort();
  });
  await expect.poll(() => crm.texts()).toEqual(expected);
});

test('shows the numbers of a long table when they come near the view, however they moved before', async ({ crm }) => {
  const number = (row: number) => `09${String(10_000_000 + row * 1237).slice(0, 8)}`;
  const rows = Array.from({ length: 900 }, (_, row) => `<tr><td>${number(row)}</td><td>1/2/2024</td></tr>`);
  await crm.show(`<table><tbody>${rows.join('')}</tbody></table><p>0987654321</p>`);
  const inView = () =>
    crm.page.evaluate(() =>
      [...document.querySelectorAll('td:first-child, p')].flatMap((cell) => {
        const { top, bottom } = cell.getBoundingClientRect();
        return top > 0 && bottom < innerHeight ? [cell.textContent] : [];
      }),
    );
  const shown = async () => (await crm.buttons()).map(({ label }) => /\d{10}/.exec(label)?.[0]);
  const expectButtons = async () => expect.poll(shown).toEqual(expect.arrayContaining(await inView()));
  await expectButtons();
  await crm.page.evaluate(() => {
    const body = document.querySelector('tbody')!;
    // A sort, rows removed and added, and a text changed far from the viewport.
    for (const row of [...body.rows].slice(300).reverse()) body.append(row);
    for (const row of [...body.rows].slice(400, 450)) row.remove();
    body.rows[500]!.cells[0]!.firstChild!.nodeValue = '0912345678';
    body.insertBefore(body.rows[700]!.cloneNode(true), body.rows[350]!);
  });
  for (const row of [501, 350, 420, 600, 840]) {
    await crm.page.evaluate((at) => document.querySelector<HTMLTableElement>('table')!.rows[at]!.scrollIntoView(), row);
    await expectButtons();
  }
  await crm.page.evaluate(() => scrollTo(0, 1e6));
  await expectButtons();
  const all = await crm.page.evaluate(() =>
    [...document.querySelectorAll('td:first-child, p')].map((cell) => cell.textContent).sort(),
  );
  expect(await crm.texts()).toEqual(all);
});

for (const [name, before] of [
  ['nothing', ''],
  ['many dates', '<p>1/2/2024</p>'.repeat(300)],
]) {
  test(`shows the numbers of a long list below ${name} and out of view`, async ({ crm }) => {
    await crm.show(`${before}<div style="height:3000px"></div>${'<p>0901234567</p>'.repeat(300)}`);
    await crm.settle(600);
    await crm.page.evaluate(() => scrollTo(0, 1e6));
    await expect.poll(async () => (await crm.buttons()).length).toBeGreaterThan(10);
  });
}

const fillings: [name: string, html: string, fill: string][] = [
  ['as an attribute', '<input readonly id="f">', `f.setAttribute('value', '0901234567')`],
  [
    'by a script that says so elsewhere',
    '<input readonly id="f"><p id="p">…</p>',
    `f.value = '0901234567';p.textContent = 'Lan'`,
  ],
  [
    'in a disabled field, as a wheel stops',
    '<input disabled id="f"><p id="p">…</p>',
    `f.value = '0901234567';p.className = 'on'`,
  ],
  [
    'before the next click, where nothing else changed',
    '<input readonly id="f">',
    "f.value = '0901234567';document.body.click()",
  ],
  [
    'with another number',
    '<input readonly id="f" value="0912345678"><p id="p">…</p>',
    `f.value = '0901234567';p.textContent = 'Lan'`,
  ],
];
for (const [name, html, fill] of fillings) {
  test(`finds what a field to read is filled with later ${name}`, async ({ crm }) => {
    await crm.show(html);
    await crm.settle(300);
    await crm.page.evaluate(fill);
    await expect.poll(() => crm.numbers()).toEqual(['+84901234567']);
    await expect.poll(async () => (await crm.buttons()).map(({ label }) => label)).toEqual(['Call 0901234567']);
  });
}

test('follows what is put into fields of numbers, and reads no others', async ({ crm }) => {
  await crm.show('<div></div>');
  await crm.inWorld(`{
    const { get } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
    world.read = new Set();
    Object.defineProperty(HTMLInputElement.prototype, 'value', { get() { world.read.add(this.type); return get.call(this); } });
    0;
  }`);
  const fields = ['text', 'tel', 'password', 'hidden', 'checkbox'].map((type) => `<input type=${type} readonly disabled>`);
  await crm.page.evaluate((html) => (document.querySelector('div')!.innerHTML = html), fields.join('').repeat(100));
  await crm.settle(400);
  await crm.page.evaluate(() => {
    for (const field of document.querySelectorAll<HTMLInputElement>('[type=tel]')) field.value = '0901234567';
    document.querySelector('div')!.append('.');
  });
  await expect.poll(async () => (await crm.numbers()).length).toBe(100);
  expect(await crm.inWorld('[...world.read].sort()')).toEqual(['tel', 'text']);
});

test('walks by keys to a number that is far below and was not read yet', async ({ crm }) => {
  await crm.show(`${'<p>1/2/2024</p>'.repeat(300)}<div style="height:3000px"></div>${'<p>0901234567</p>'.repeat(10)}`);
  await crm.settle(600);
  await crm.page.keyboard.press('Alt+Period');
  await expect.poll(async () => (await crm.buttons()).length).toBe(10);
});

test('reads 100,000 text nodes and skips none', async ({ crm }) => {
  const rows = Array.from(
    { length: 25_000 },
    (_, index) => `<p>Khách <b>${index}</b> <i>x</i> ${index % 100 === 0 ? '0901234567' : 'y'}</p>`,
  );
  await crm.show(rows.join(''));
  await expect.poll(async () => (await crm.texts()).length, { timeout: 20_000 }).toBe(250);
});
