/**
 * Words that tell what the digits after them are. Written without diacritics; a space stands for any joiner or none; `=` marks a
 * word that must be written exactly so, since without its diacritics it is another word.
 */
export interface ContextWords {
  /** Introduces a phone number. */
  phone: string;
  /** Introduces a number of another kind. */
  number: string;
  /** A thing that is often followed by its number, and as often by the phone number of someone. */
  thing: string;
  /** Rejects right before the digits only, being a word of plain speech or an abbreviation. */
  code: string;
  /** People: a number after `order` and one of these is theirs, not the order's. */
  person?: string;
  /** Who or what else has a phone: `Số` and one of these introduces its number. */
  place?: string;
  /** Patterns of words that introduce an extension. */
  extension?: string;
  /** Patterns of what follows an amount of money. */
  currency?: string;
  /** Patterns of what is counted or measured. */
  unit?: string;
  /** Patterns of words behind the digits they explain: `0912345678 (STK)`. */
  after?: string;
  /** Patterns of the endings of file and host names. */
  ending?: string;
}

export const contextWords: ContextWords[] = [
  // Vietnamese
  {
    phone:
      'sdt|so dt|dt|dien thoai|di dong|dtdd|dtb|dd|may ban|so may|hotline|duong day nong|tong dai|lien he|lien lac|lh|goi|goi lai|alo|zalo|viber|' +
      'so phone|cskh|nhan tin|qua so|theo so|vao so|toi so|den so|gui ve|gui toi|gui den|nguoi nhan|nguoi gui|thue bao|mien phi|mien cuoc|momo|zalopay|otp toi|otp den|otp ve|otp qua|so moi|so cu|luu so|so dep|so vip|fb cmt|nguoi tham chieu|chot don|len don',
    number:
      'mst|ma so thue|=mã|ma so|msdn|cccd|cmnd|cmtnd|cmt|can cuoc|chung minh|chung minh nhan dan|ho chieu|gpkd|gplx|stk|so tk|so tai khoan|tai khoan|' +
      'chuyen khoan|so don|so hd|so hoa don|so hop dong|ma don|ma don hang|ma dh|ma hd|ma van don|ma kh|ma khach hang|ma sp|ma san pham|ma vach|ma gd|' +
      'ma giao dich|ma tham chieu|ma ho so|ma phieu|ma the|so the|ma nv|ma nhan vien|ma lo|so lo|ma may|ma buu gui|ma buu chinh|so khung|seri|so seri|' +
      'bien so|bks|so tien|tong tien|thanh tien|doanh thu|cong no|don gia|gia ban|gia tri|=tiền|=phí|phi ship|tam tinh|so du|so luong|ton kho|bhxh|bhyt|' +
      'so so|msnv|mssv|toa do|phien ban|so cong van|cong van|ngay sinh|nam sinh|xo so|kqxs|nghi dinh|thong tu|cong to|to khai|=số vé|=mã vé|ma cuoc goi|so bao hiem|bao hiem|ma yeu cau|pnr|tk nhan|so quyet dinh|chung tu|ma tra cuu|ma dat cho|pass wifi|mat khau|mat khau wifi|=sổ|=vào sổ|so tiet kiem|chi so cu|chi so moi|hs vay|lsc|kien so|kien hang so|so kien',
    person:
      'thong tin|tin nhan|a|c|e|o|me|bo|vo|chong|con|ban|nguoi|anh|chi|ong|ba|co|chu|bac|em|khach|khach hang|kh|' +
      'dai dien|nhan vien|tai xe|ke toan|gap|mr|ms|mrs|dr|dong nghiep|ban be|hang xom|nguoi than',
    place:
      'nha|rieng|chinh|phu|khac|ca nhan|khan cap|sim|viettel|cong ty|van phong|cty|vp|cua hang|shop|chi nhanh|showroom|' +
      'kho|quay|tram|xuong|nha hang|khach san|phong kham|benh vien|truong hoc|bao ve|le tan|thu ngan|shipper|ship|' +
      'giao hang|nguoi nha|than nhan|benh nhan|bac si|bs|y ta|dieu duong|duoc si|giao vien|gv|thay|phu huynh|ph|' +
      'hoc sinh|chu nha|chu xe|chu shop|chu ho|moi gioi|thu kho|truong phong|to truong|quan ly|ql|giam doc|gd|tu van|' +
      'ctv|cong tac vien|nvkd|nv|tho|ky thuat|kt|bao hanh|dai ly|lai xe|tx|ng|vien thong|mobifone|vinaphone|sai gon|sg|' +
      'ha noi|hn|mien nam|mn|mien bac|mien trung|mt|vien phi',
    thing: 'don hang|hoa don|hop dong|van don|giao dich|ho so|phieu|phieu thu|giay phep|ngan hang|lo hang|=lô|tham chieu',
    code: 'tk|ck|dh|hd|=đơn|=giá|so hieu|vcb|vietcombank|techcombank|tcb|mb|mb bank|bidv|agribank|vietinbank|acb|tpbank|vpbank|sacombank|awb',
    extension:
      '(?:(?:m[aá]y|s[oố])\\s*)?l[eẻ]|(?:s[oố]\\s*)?n[oộ]i\\s*b[oộ]|(?:m[aá]y\\s*)?nh[aá]nh|(?:press|b[aấ]m|nh[aấ]n)(?:\\s*(?:ph[ií]m|s[oố]))?',
    // What begins a sentence as often is no unit: `… ngày mai gọi lại`, `… đồng ý`.
    currency: 'vnđ|vnd|đồng(?! (?!chẵn|việt)\\p{L})|dong(?! (?:y|thoi|nai|thap))|tỷ|triệu|nghìn|ngàn',
    unit: 'điểm(?! (?:đón|hẹn|trả|giao|bán))|lượt|cái(?! (?:này|đó|kia|áo|sau|trước|nào))|chiếc|sản phẩm|sp(?! \\p{L})|ngày(?! (?:mai|mốt|kia|này|\\d))|người dùng|đơn vị',
    after:
      'mst|stk|số tài khoản|tài khoản|cmnd|cccd|imei|tax|account|vietcombank|vcb|techcombank|tcb|mb ?bank|bidv|agribank|' +
      'vietinbank|acb|tpbank|vpbank|sacombank',
  },
  // English
  {
    phone:
      'phone|phones|telephone|tel|telno|mobile|mob|cell|cellphone|cellular|fax|landline|direct line|contact|call|calls|calling|called|ring|dial|text|sms|' +
      'whatsapp|telegram|caller id|caller|callee|line|helpline|toll free|freephone|callback|reach|reached|hp|cp no|cp number|home no|work no|office no|handphone|ph|sent to|alt no|alternate|imessage|otp to',
    number:
      'order id|order no|order number|invoice no|invoice number|contract no|account no|account number|account id|acct|a/c no|bank account|iban|swift|bic|routing|' +
      'sort code|bsb|tax id|tax code|tax no|vat|vat no|ein|ssn|passport|national id|id card|tracking|tracking no|awb|waybill|bill of lading|b/l|serial|serial no|s/n|imei|' +
      'imsi|password|iccid|meid|sku|upc|ean|gtin|isbn|issn|barcode|reference no|ref no|transaction id|txn|amount|total|subtotal|price|cost|revenue|budget|balance|salary|' +
      'timestamp|unix|epoch|=lat|latitude|lng|=lon|longitude|coordinates|gps|version|firmware|build|customer id|user id|employee id|member id|client id|' +
      'case id|case no|case number|ticket no|ticket id|po number|po no|purchase order|asin|licence|license|license plate|plate|vin|zip|zip code|postal code|postcode|' +
      'hash|checksum|session id|uuid|uid|guid|customer ref|client ref|our ref|your ref|booking ref|trace no|trace id|card no|card number|policy no|policy number|claim no|claim number|batch|lot no|part no|part number|model|container|duns|abn|' +
      'acn|crn|npi|tfn|utr|uen|nhs|qty|quantity|population|followers|views|pmid|patent|docket|company no|company number|medicare|hs code',
    person: 'owner|desk|office|support|sales|team|manager|holder|rep|agent|customer|client|buyer|driver|from',
    thing:
      'order|bill|inv|conf|confirmation|invoice|contract|account|shipment|parcel|consignment|reference|ref|transaction|ticket|case|claim|policy|session|=lot|fedex|ups|usps|dhl',
    code:
      'a/c|tin|id|ids|no.|no:|nr.|code|key|token|port|error|err|seq|row|page|pages|room|apt|po|po box|vol|order|sum|ip|pin|otp|score|chapter|section|' +
      'usd|vnd|eur|gbp|jpy|idr|thb|sgd|hkd|twd|inr|aud|cad|krw|cny|php|mxn|brl|myr|chf|czk|pln|sek|nok|dkk|rub|rp|rs|rm',
    extension: 'ext(?:ension|n)?\\.?|line|loc\\.',
    currency:
      'usd|eur|gbp|jpy|idr|thb|sgd|hkd|twd|myr|inr|aud|cad|krw|cny|php|mxn|brl|chf|czk|pln|sek|nok|dkk|rub|' +
      'euros?|dollars?|baht|won|yen|руб|zł|kč|kr',
    unit:
      'kg|km2?(?! (?:giảm|\\d))|m[2²3]|cm|mm|ml|[kmgt]b|kwh|mah|[gm]?hz|px|pcs|pts|ms(?!\\.? \\p{L})|bytes|units?|items?|users?|views?|followers|likes|votes|times|' +
      'points?|rows?|records?|words?|steps?|people|years?|days|hours?|minutes|seconds',
    ending:
      'pdf|docx?|xlsx?|pptx?|csv|txt|rtf|json|xml|html?|png|jpe?g|gif|webp|heic|svg|tiff?|bmp|mp[34]|wav|m4a|ogg|opus|amr|aac|flac|wma|3gp|' +
      'mov|avi|mkv|webm|zip|rar|7z|gz|vcf|eml|msg|log|bak|com|net|org|vn|info|io|me|co|dev|app',
  },
  // German, French, Spanish, Portuguese, Italian, Dutch, Polish, Indonesian
  {
    phone:
      'telefon|telefonnr|telnr|handynr|mobilnr|faxnr|handynummer|port.|mobil|handy|rufnummer|durchwahl|anruf|anrufen|telefonnummer|festnetz|portable|appelez|joindre|standard|telefono|telf|tlf|movil|celular|llamar|telefone|telemovel|ligue|ligar|fone|mon num|ton num|son num|cellulare|chiamare|numero verde|telefoon|mobiel|bel|gsm|komorka|telepon|telp|hubungi|no hp|no wa|wa',
    number:
      'bestellnr|kundennr|rechnungsnr|auftragsnr|vertragsnr|artikelnr|kundennummer|bestellnummer|rechnungsnummer|vertragsnummer|steuernummer|ust id|ust idnr|kontonummer|konto|sendungsnummer|artikelnummer|auftragsnummer|betrag|summe|preis|seriennummer|aktenzeichen|plz|blz|' +
      'numero de commande|siret|siren|numero de compte|montant|prix|client no|n° client|numero client|tva|code postal|numero de serie|' +
      'numero de cuenta|importe|precio|nif|cif|dni|=rut|rfc|curp|cuit|monto|numero de pedido|cpf|cnpj|valor|preco|protocolo|matricula|' +
      'partita iva|p iva|p.iva|codice fiscale|importo|prezzo|bestelnummer|ordernummer|factuurnummer|rekening|klantnummer|bedrag|kvk|bsn|btw|' +
      'nip|regon|pesel|krs|kwota|cena|norek|no rekening|=rek|ke rek|no rek|no ahli|no invois|no akaun|npwp|nik|ktp|resi|no resi|harga|jumlah|cvr|cpr',
    person: 'kunde|herr|frau|cliente|pelanggan',
    thing:
      'rechnung|vorgang|bestellung|auftrag|vertrag|commande|devis|facture|compte|colis|dossier|contrat|pedido|factura|cuenta|contrato|expediente|codigo|fatura|nota fiscal|conta|ordine|fattura|conto|pratica|contratto|spedizione|codice|bestelling|factuur|zamowienie|faktura|przesylka|umowa|pesanan|faktur',
    code: 'n°|nro|num|az|nf|rg',
    extension: 'Durchwahl|DW|poste|anexo|ramal|interno?|int\\.',
  },
  // Russian, Chinese, Japanese, Korean, Thai
  {
    phone:
      'телефон|тел|моб|звоните|позвоните|电话|電話|電話番号|携帯番号|电话号码|手机号码|手机|手機|联系方式|致电|热线|熱線|携帯|連絡先|전화|연락처|휴대폰|핸드폰|โทร|เบอร์|มือถือ|ติดต่อ',
    number:
      'инн|кпп|огрн|снилс|сумма|цена|артикул|订单号|账号|帳號|单号|單號|编号|編號|金额|金額|身份证|税号|价格|注文番号|予約番号|受付番号|番号|口座|伝票番号|会員番号|商品番号|管理番号|' +
      '주문번호|계좌|송장|금액|사업자등록번호|사업자번호|주민등록번호|운송장|เลขที่บัญชี|เลขที่|เลขพัสดุ|เลขประจำตัว|รหัส|ราคา|ยอด',
    thing: 'заказ|счет|договор|накладная|订单|訂單|注文|請求書|주문|บัญชี|คำสั่งซื้อ',
    code: 'qq',
    extension: 'доб(?:\\.|авочный)?|内線|分机|[轉转]|내선|ต่อ',
  },
];
