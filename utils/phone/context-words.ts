/**
 * Words that say what the digits after them are. Written without diacritics; a space stands for any joiner or none; `=` marks a
 * word that must match exactly, because without its diacritics it is a different word.
 */
export interface ContextWords {
  /** Introduces a phone number. */
  phone?: string;
  /** Introduces another kind of number. */
  number?: string;
  /** A thing that is followed by its own number about as often as by somebody's phone number. */
  thing?: string;
  /** Rejects only directly before the digits, because it is also an everyday word or an abbreviation. */
  code?: string;
  /** Rejects near the digits unless they are grouped like a phone number: `Job 0412883176`, but `Job site, 0412 883 176`. */
  noun?: string;
  /** People: after `order` and one of these words, a number is the person's, not the order's. */
  person?: string;
  /** Others that have a phone, such as departments: `Số` and one of these words introduces a phone number. */
  place?: string;
  /** Patterns of words that introduce an extension. */
  extension?: string;
  /** Pattern of an extension, with … for the words of `extension`; its digits are captured. */
  extended?: string;
  /** Patterns of currencies that follow an amount. */
  currency?: string;
  /** Patterns of units and counted things that follow an amount. */
  unit?: string;
  /** Patterns of words after the digits that they explain: `0912345678 (STK)`. */
  after?: string;
  /** Patterns of the endings of file and host names. */
  ending?: string;
  /** Words that do not separate a label from its digits. */
  filler?: string;
  /** Patterns of labels for kinds of numbers that are not listed here. */
  numbered?: string;
  /** Patterns of a gap that already contains the label's value. */
  valued?: string;
  /** Patterns of a gap whose digits belong to the same list as those after it, so that the label applies to both. */
  listed?: string;
  /** Patterns of names written directly before or after the digits, and of plain speech directly after them. */
  nameBefore?: string;
  nameAfter?: string;
  speechAfter?: string;
  /** Patterns of text before and after the digits that makes them part of a code. */
  codeBefore?: string;
  codeAfter?: string;
  /** Patterns of addresses that the digits are only a part of, and of links such as `tel:` that consist of the number. */
  addressBefore?: string;
  dialLink?: string;
  /** Pattern of a number spelt with letters: the calling code, the freephone prefix and the word are captured. */
  vanity?: string;
  /**
   * Patterns of the most common other table cells: a date, a date with a time, an amount. The full search would reject them as
   * well, at twenty times the cost.
   */
  plain?: string;
}

const day = '(?:0?[1-9]|[12]\\d|3[01])';
const month = '(?:0?[1-9]|1[0-2])';
const year = '(?:19|20)\\d\\d';

const title = '(?:[ace]\\.?|anh|ch[iịú]|em|c[oôậ]u?|b[aá]c|ông|bà)';
const syllable = '(?=\\p{Lu})(?!Don)(?:[BCDGHKLMNPQRSTVX]h?r?|Ngh?)?[AEIOUYaeiouy][aeiouy]{0,2}(?:[mnpt]|ch?|n[gh])?(?<=\\p{Ll})';

export const contextWords: ContextWords[] = [
  // Any language
  {
    codeAfter:
      '@(?!@)|[=^#]|\\\\(?![nrt"])|_(?!0\\d{9}(?![\\d.]))|\\*+(?!0\\d{3}[.-]?\\d{3})\\d|:\\d|-?\\p{Lu}+\\d|,\\d\\d?(?!\\d| ?\\p{L})|/(?![QP]\\.? ?\\d)\\p{Lu}{1,5}(?:[-/\\s\\d]|$)|-\\p{Lu}+-\\d{3}|/20[12]\\d(?!\\d)',
    codeBefore:
      '\\blive:$|(?:[A-Za-z]\\S*|(?<!0\\d{5})\\d{4})_$|[\\p{N}@=#\\\\^]$|(?<!\\d{8})&$|\\d(?<!(?<![\\d.])0[\\d.-]{9,13})\\*+$|(?:^|[^\\p{L}\\d])(?:\\p{Lu}{1,5}|(?=\\p{L}*\\d)(?=\\d*\\p{L})[\\p{L}\\d]+)[-./]$|' +
      // The first parts of a UUID
      '(?:^|[^\\p{L}\\d])(?=[\\da-fA-F-]*[a-fA-F])[\\da-fA-F]{4,}-(?:[\\da-fA-F]{4}-)*$',
    // A word and an abbreviated "number": `Pratica n.`, `Акт №`.
    numbered: '[A-Za-zà-ü]{3,} n\\.|[А-яё]{3,}\\.? ?№',
    addressBefore:
      '://|^["\'(<[]*www\\.|\\?[\\w-]+=|(?:/|^\\S{80})\\S*&[\\w-]+=|\\.(?:com|net|org|vn|io|me|co|info|app|dev)(?:[/:?]|$)|[\\\\/](?!")[^\\s\\\\/]*[\\\\/](?!")[^\\s\\\\/]*$',
    // After a word, after a lone x or #, in the form of RFC 3966, or after pauses; not a second number or the next cell of a row.
    extended:
      '^\\s*[,;(/|-]?\\s*(?:(?:…)[\\s:.\\-=]*(?:s[oố]\\s*)?#?|(?:#|x(?!\\d\\)))\\.?:?\\s?(?!\\d+\\s?(?:h[oộ]p|th[uù]ng|c[aá]i|chai|g[oó]i|kg|b[oộ]|l[oố]c|su[aấ]t|ph[aầ]n|t[uú]i|bao|[dđ][oô]i|chi[eế]c|l[oọ]|c[aâ]y|kh[aá]ch|sp)(?![a-zà-ỹ]))|;ext=|,,+|;;?(?!\\d+[;/]))(?!0\\d+[ .-]+\\d)(\\d{1,7})#?' +
      '(?![\\dA-Za-z]|\\s?(?:l[aầ]n|times))',
    // The label's value stands before the digits: `Bảo hiểm: Mai Thị Thắm - 0384…`, `Mã 38 - Bích Ngân - 0357…`.
    valued:
      ':.*\\p{L}.*[-,(]\\s*$|\\d (?:ngay|tuan|thang|nam|gio|phut|lan),\\s*$|:(?: (?!so|la|ma|no|id)\\p{L}+){1,4}\\s+$|,\\s*\\p{L}|\\d.* - .*\\p{L}|\\d(?:tr|k|ty|d|vnd)\\d*[^\\p{L}\\d]|^[\\s:]*[\\d/]{1,5}(?:\\s-|,)\\s+$|^[\\s:#]*\\d{1,3} (?!so)\\p{L}|^\\s*,|^ (?:roi|xong) (?:\\p{L}+ )?(?:nhan|ping|inbox|ib|goi|bao|alo|zalo|lien he|lh)(?!\\p{L})| (?:roi|nha|nhe|chua|xong|luon|ko|khong)\\s*,\\s*$|^\\.\\s+\\p{L}+ \\p{L}',
    // `Mã đơn: 0912345678, 0987654321`; a year of birth does not count as an item.
    listed: '^[:#(\\s.-]*(?:\\d[\\d\\s.-]{4,}(?:[,/&→]|[-=]>|va|and|hoac|or|den|(?:sua |doi )?thanh|sua lai)\\s*)+$',
    plain:
      `(?:${day}([-./])${month}\\1|${month}([-./])${day}\\2)${year}|${year}([-./])${month}\\3${day}(?:[T ]\\d\\d:\\d\\d(?::\\d\\d)?)?|` +
      '[1-9]\\d{0,2}(?:\\.\\d{3})+\\s?(?:đ|₫|VN[DĐ])',
    vanity:
      '(?<![\\p{L}\\d])(\\+?1[-. ])?\\(?((?:8(?:00|33|44|55|66|77|88)|1[389]00|0[58]0[08]))\\)?[-. ]?' +
      '([A-Z][A-Z\\d]*(?:-[A-Z\\d]+)*|\\d-[A-Z]{5,})(?![\\p{L}\\d@])',
    dialLink: '^["\'(<[]*(?:(?:tel|callto|sms|sip|whatsapp):/{0,2}|(?:https?://)?(?:zalo|wa)\\.me/)$',
  },
  // Vietnamese
  {
    phone:
      'bao su co|sdt|so dt|dt|dien thoai|di dong|dtdd|dtb|dd|may ban|so may|hotline|duong day nong|tong dai|lien he|lien lac|lh|goi|goi lai|alo|zalo|viber|' +
      'lai xe cont|tai xe cont|so tam|so da xac thuc|so da xac minh|so phone|so tb|=số nhận|so thu hai|=số gốc|=đơn của|=don cua|isdn|=cho số|=cho so|so dien thoai|so di dong|sdt kh|sdt khach hang|sdt nguoi nhan|sdt tham chieu|dt tham chieu|sdt hop dong|sdt don hang|sdt dat hang|sdt ngan hang|sdt bao hiem|cskh|nhan tin|qua so|theo so|dtnr|dtcq|dtlh|dtgd|vao so|toi so|den so|gui ve|gui toi|gui den|nguoi nhan|nguoi gui|thue bao|mien phi|mien cuoc|momo|zalopay|otp toi|otp den|otp ve|otp qua|so moi|so cu|luu so|so dep|so vip|fb cmt|nguoi tham chieu|chot don|len don|cuu don|tho dh|tiep nhan|truc ban|so phan anh|so phan hoi|so tiep dan|so to cao|so khieu nai|so du phong|tra cuu van don|tra cuu don hang|tra cuu hoa don',
    number:
      'tk doi ung|han muc|han muc tin dung|mst|ma so thue|=mã|ma so|msdn|cccd|cmnd|cmtnd|cmt|can cuoc|chung minh|chung minh nhan dan|ho chieu|gpkd|gplx|stk|so tk|so tai khoan|tai khoan|' +
      'chuyen khoan|so don|so hd|so hoa don|so hop dong|ma don|ma don hang|ma dh|ma hd|ma van don|ma kh|ma khach hang|ma sp|ma san pham|ma vach|ma gd|' +
      'ma giao dich|ma tham chieu|so tham chieu|von dieu le|tong ban|tong kl|tong mua|ma ho so|ma phieu|ma the|so the|ma nv|ma nhan vien|ma lo|so lo|ma may|ma buu gui|ma buu chinh|so khung|seri|so seri|' +
      'bien so|bks|so tien|tong tien|thanh tien|doanh thu|cong no|don gia|gia ban|gia tri|=tiền|=phí|phi ship|tam tinh|so du|so luong|ton kho|' +
      '=số sổ|=so so|msnv|mssv|toa do|phien ban|so cong van|cong van|ngay sinh|nam sinh|xo so|kqxs|nghi dinh|thong tu|cong to|to khai|=số vé|=mã vé|ma cuoc goi|so bao hiem|so bhxh|so bhyt|the bhyt|ma bhxh|ma bhyt|ma yeu cau|yeu cau xuat|yeu cau nhap|yeu cau thanh toan|yeu cau bao hanh|yeu cau ho tro|yeu cau doi|yeu cau tra|yeu cau sua|pnr|tk nhan|so quyet dinh|chung tu|ma tra cuu|ma dat cho|pass wifi|mat khau|mat khau wifi|=sổ|=vào sổ|so tiet kiem|chi so cu|chi so moi|hs vay|lsc|kien so|kien hang so|=số kiện|=so kien|phieu chi|the thu vien|the nhan vien|the sinh vien|the ngan hang|pass cua|pass cong|pass may|pass khoa|phu luc|giay chung nhan|so chung nhan|giay nop tien|giay gioi thieu|giay kham|bien lai|bien ban|sao ke|to trinh|uy nhiem chi|uy nhiem thu|benh an|toa thuoc|so dong co|=chỉ số|so seal|luot xem|luot thich|so cont|the tu|the thanh vien|the bao hanh|ma bao hanh|ma bao gia|bang bao gia|so bao danh|sbd|tkhq|gpxd|gcn|dkkd|pxk|pnk|lsx|so ct|hdld|hdmb|hdtc|nop thue|the hoi vien|ma lh|ma lien he|ma zalo|=mã hp|teamviewer|ultraview|ultraviewer|anydesk|' +
      'id cuoc goi|id tin nhan|id hoi thoai|id lien he|id thiet bi|id may|id hop dong|id don hang|id don|id giao dich|ma thue bao|zalo id|fb id|facebook id|so danh bo|so danh ba|ma danh bo|ma danh ba|id shop|id live|id page|id fb|' +
      'id facebook|id zalo|id tiktok|id khach|id khach hang|id kh|id nhan vien|id game|id hoi vien|id nguoi dung|=mã gói|' +
      '=mã gọi|ma goi hang|ma goi cuoc|wifi pass|wifi password|password wifi|mk wifi|ma wifi|mk tai khoan|mk dang nhap|' +
      'mk cua|mk file|mk app|mk camera|pass camera|pass file|pass dang nhap|pass tai khoan|pass mail|pass giai nen|' +
      'pass zoom|mat ma|so chung chi|so luu tru|so kiem dich|so bill|ma bill|so booking|so vao vien|so luu vien|so ra vien|' +
      'so chuyen tuyen|so mau|so phim|so phach|so hieu bang|so ref|so trace|so giai ngan|so quan ly xe|so bao gia|' +
      'ma thi truong|so dang ky xe|so dang kiem|so tam tru|so cong chung|so ban ve|so ban an|so may in|key ban quyen|=số tiếp nhận|tk thanh toan|tai khoan thanh toan|lenh san xuat|=vỏ số|membership card|member card|loyalty card|ma tiep nhan|rfq|=số xác nhận|ft|unc|gclid|fbclid|request id|trace|trace id|span id|session id|client id|user id|log id|ticket id|tk luong|tai khoan luong|=bao số|phieu yc|phieu chuyen|phieu hen|phieu nhan|phieu gui|phieu bao|phieu dat|lenh sua chua ro|luot truy cap|don bu|don xin phep|ma don xin phep|ho so bt|the vip|so hieu|trang thai don|tham chieu noi bo|ma tham chieu noi bo|internal reference|=số công tơ|ma cong to|cong to dien|so cong to dien|dong ho tong|dong ho nuoc|uniqueid|unique id|account code|license key|trunk license key|keycard|serials|po ref|consignee code|rlnv|user ebanking|ten dang nhap|username',
    person:
      'nv|gdv|giam dinh vien|giao dich vien|nguyen don|bi don|cv|chuyen vien|thong tin|tin nhan|a|c|e|o|me|=bố|=bo|vo|chong|con|ban|nguoi|anh|chi|ong|ba|co|chu|bac|em|khach|khach hang|kh|' +
      'dai dien|nhan vien|tai xe|ke toan|gap|mr|ms|mrs|dr|dong nghiep|ban be|hang xom|nguoi than|=dì|=cậu|=cháu|=mợ|=thím|=dượng|=bé|=má|=tía|=sếp|=bạn|=mẹ|=bố|=ông',
    place:
      'vn|viet nam|vietnam|linh kien|phu kien|rach gia|=mã thị|=mã văn|nuoc ngoai|da lat|ghi tren phieu|tren phieu|tren don|trong don|tren ho so|trong ho so|nha|rieng|chinh|phu|khac|ca nhan|khan cap|sim|viettel|cong ty|van phong|cty|vp|cua hang|shop|chi nhanh|showroom|' +
      'kho|quay|tram|xuong|nha hang|khach san|phong kham|benh vien|truong hoc|bao ve|le tan|thu ngan|shipper|ship|' +
      'giao hang|nhac no|thu no|=khoa|nguoi nha|than nhan|benh nhan|bac si|bs|y ta|dieu duong|duoc si|giao vien|gv|thay|phu huynh|ph|' +
      'hoc sinh|chu nha|chu xe|chu shop|chu ho|moi gioi|thu kho|truong phong|to truong|quan ly|ql|giam doc|gd|tu van|' +
      'ctv|cong tac vien|nvkd|tho|ky thuat|kt|bao hanh|dai ly|lai xe|tx|ng|vien thong|mobifone|vinaphone|sai gon|sg|' +
      'ha noi|hn|mien nam|mn|mien bac|mien trung|mt|vien phi|vina|mobi|du phong|khan cap|can biet|can thiet|can nho|huu ich|quan trong|thay the|=mình|=tôi|tui|=tớ|=này|=đó|=kia|=ấy|=lạ|=dưới|=trên|=sau|=đầu|=bàn|=hay|=thật|=đúng|=trực|=nóng|=bên|=dùng|=ngoài|=trong|=trước|nhe|nhen|=nè|=ạ|=rồi|=giùm|=dùm|=giúp|=với|=thôi|=đặt vé|=bán vé|=mua vé|=phòng vé|=giữ vé|=đổi vé|=săn vé|=quầy vé|=lấy vé|=trả vé|=hủy vé|=huỷ vé|=hỏi vé|=giao vé|=đại lý vé|=cần vé|=gửi bill|=gửi hóa đơn|=gửi hoá đơn|=gửi hợp đồng|=gửi phiếu|=gửi vé|=chụp bill|=up bill|=nhắc phí|=đóng phí|=thu phí|=nộp phí|=báo phí|=nợ phí|=kẹt tiền|=cần tiền|=nhận tiền|=gửi tiền|=lấy tiền|=trả tiền|=thu tiền|=có tiền|=đưa tiền|=đủ tiền|=hết tiền|=mượn tiền|=vay tiền|=đóng tiền|=lái xe|=nạp thẻ|=làm thẻ|=mở thẻ|=cấp thẻ|=bán thẻ|=mua thẻ|lien quan|hien thi|noi bo|co quan|gia dinh|kinh doanh|ban hang|dat ban|dat lich|dat xe|dat phong|cuu ho|cuu thuong|cap cuu|ho tro|cham soc|doi tac|doi truong|lop truong|=trường|hanh chinh|chuyen dung|thuong truc|thuong dung|quen thuoc|nhom|cong trinh|tiem|co so|co dinh|=quán|=lớp|dau moi|giam sat|chi huy|phu xe|dau bep|bao tri|lap dat|giao nhan|van tai|van chuyen|dieu phoi|dieu hanh|cong an|=phường|=xã|=thôn|=ấp|khu pho|truc tiep|hang xe|nha xe|ben xe|chu quan|chu tiem|chu dau tu|chu thau|chu thue|tro ly|thu ky|nhan hang|hoc vien|cong viec|gara|=trại|nong trai|hien tai|nhan su|marketing|=quê|=miền|nhan otp|buu ta|ktv|nvgh|nvkt|nvbh|nvtv|nvcs|gvcn|gvbm|gvhd|hdv|bqt|bql|tvv|dtv|ktt|pgd|tbp|csgt|pccc|ubnd|phhs|bvdk|nvyt|buu cuc|lua dao|=rác|spam|quang cao|bi mat',
    thing:
      '=thẻ vip|=thẻ atm|=thẻ visa|counter|bien nhan|tui thu|giay de nghi|phieu de nghi|don de nghi|de nghi vay von|de xuat|phien|diem thuong|visa|don bh|hop dong bh|hop dong bao hiem|hop dong tin dung|hop dong vay|hop dong thue|hop dong mua ban|hop dong lao dong|hop dong dich vu|hd bh|' +
      'hd bao hiem|hd tin dung|hd vay|code dat phong|code dat cho|code ve|hddt|hsba|phim ct|phim mri|phim x quang|pyc|pgn|ptt|ddh|syc|myc|hdkt|hdtv|hddc|hdvc|hdcn|hdtd|plhd|dntt|ycbg|ycsc|lgh|hdbh|hdbhnt|gcnbh|hsyc|hsycbh|ycbh|' +
      'yeu cau bao hiem|yeu cau boi thuong|bien ban giam dinh|danh bo nuoc|danh ba nuoc|danh bo khach hang|the gui xe|' +
      'the giu xe|=thẻ xe|the do xe|the giu cho|=thẻ cư dân|the cu dan|the khach hang|the tich diem|the ra vao|' +
      'the thang may|the hoc vien|the hoc sinh|the benh nhan|the kham benh|the dang vien|the doan vien|the cong doan|' +
      'the luat su|the nha bao|the huong dan vien|the can cuoc|the tam tru|the thuong tru|the uu dai|the qua tang|' +
      'the giam gia|=thẻ kho|=thẻ phòng|the cham cong|=thẻ tập|=thẻ bơi|=thẻ gym|=thẻ spa|=thẻ lên máy bay|the len may bay|' +
      've gui xe|ve giu xe|=vé tháng|ve dien tu|ve xem phim|ve vao cong|ve tham quan|chung chi|cchn|kiem dich so|gycbh|' +
      'gycbt|pakh|lav|pid|giay ra vien|giay chuyen vien|giay chuyen tuyen|luot kham|dot dieu tri|ong mau|hoc ba|van bang|' +
      'bang tot nghiep|khe uoc|khe uoc nhan no|tra soat|but toan|chuan chi|tai san dam bao|tsdb|van don chu|=đơn thư|' +
      '=đơn kiện|don to cao|don khieu nai|lenh giao hang|lenh van chuyen|lenh dieu xe|lenh cap rong|lenh sua chua|lenh sc|' +
      'eir|bb|bbgn|pgh|bbbg|bbtl|bbnt|bien ban giao nhan|=đơn số|bang lai|bang lai xe|giay phep lai xe|khai sinh|' +
      'giay khai sinh|giay chung tu|giay ket hon|ca vet|cavet|tem dang kiem|dinh danh|ho khau|vi bang|goi thau|tbmt|' +
      'ban ve so|ban an so|con dau so|=bản ghi|' +
      'bill chuyen phat|bill viettel post|bill vtp|bill ghn|bill ghtk|bill gui|bill gui hang|bill hang|bill van chuyen|bill chuyen khoan|bill ck|bill tau|bill thanh toan|booking hang tau|booking tau|' +
      'don grab|=đơn be|=đơn now|don ahamove|don lalamove|don shopeefood|don gojek|don lazada|don shopee|don tiktok|don tiki|don sendo|don ghn|don ghtk|don vtp|don spx|' +
      'phieu gui|phieu gui hang|phieu giu cho|phieu bao hanh|phieu xuat|phieu nhap|phieu kham|phieu hen|phieu tiep nhan|phieu yeu cau|phieu can|phieu thanh toan|phieu dat coc|phieu dat hang|phieu mua hang|phieu giao hang|phieu xuat kho|phieu nhap kho|phieu sua chua|phieu chuyen phat|phieu bao tri|phieu van chuyen|phieu xet nghiem|phieu chi dinh|phieu ke|phieu luong|phieu bao|phieu tra hang|' +
      'khoan vay|khoan no|bai test|bai thi|bai kiem tra|benh pham|mau mau|mau xet nghiem|bien nhan|don hang|don gan nhat|don gan day|don moi nhat|lenh|=kiện|=giấy|=tem|buu pham|buu kien|su vu|vu viec|the tin dung|dong ho dien|dong ho nuoc|don thuoc|so lo|chuyen bay|don tra|don doi|don dat|don mua|don ban|don nhap|don xuat|don hoan|container|cont|seal|pallet|hoa don|hop dong|van don|giao dich|ho so|phieu|phieu thu|giay phep|ngan hang|lo hang|=lô',
    noun: 'bhxh|bhyt|don web|don online|=vé tàu|the ghi no|=thẻ cào|=thẻ nạp|=vé phim|=vé xe|chung thu|hoc phan|lop hoc phan|ky quay|bao hiem|bao hiem xa hoi|bao hiem y te|bao hiem xh|vu an|=thửa|to ban do|dien ke|danh bo|=chuyến|=vé|bien kiem soat|dinh danh ca nhan|van ban|quyet dinh|nghi quyet|bang ke|=thẻ|=tổng|tong cong|=dư nợ|doanh so|loi nhuan|tam ung|=số chì|ck|yeu cau|phan anh|khieu nai|su co|booking|bill|invoice|voucher|coupon|bao cao',
    code: 'art|board|quoting|=cuốc|=p/n|deal|=vé máy bay|qr|=chì|modem|ket qua xn|kq xn|kqxn|rsvn|dtmf|=pass|=c/o|=d/o|=l/c|=p/o|=s/o|=p/l|=s/c|=c/q|acc|sl|tk|dh|hd|=đơn|=giá|so hieu|vcb|vietcombank|techcombank|tcb|mb|mb bank|bidv|agribank|vietinbank|acb|tpbank|vpbank|sacombank|awb',
    extension:
      '(?:s[oố]\\s*)?(?:m[aá]y\\s*)?(?:l[eẻ]|n[oộ]i\\s*b[oộ]|nh[aá]nh|ml|nb)|m[aá]y(?=\\s*\\d{3,4}(?!\\d))|press(?=\\s*\\d{3})|(?:b[aấ]m|[aấ]n|nh[aấ]n)(?:\\s*(?:ph[ií]m|s[oố]))?(?!\\s*\\d\\D+?(?:ph[ií]m|b[aấ]m|nh[aấ]n|ấn)\\s*(?:s[oố]\\s*)?\\d)',
    // The lookaheads exclude everyday phrases that begin with a unit: `… ngày mai gọi lại`, `… đồng ý`.
    currency: 'vnđ|vnd|đồng(?! (?!chẵn|việt)\\p{L})|dong(?! (?:y|thoi|nai|thap))|tỷ|triệu|nghìn|ngàn',
    unit: 'bản ghi(?! âm)|điểm(?! (?:đón|hẹn|trả|giao|bán))|lượt|cái(?! (?:này|đó|kia|áo|sau|trước|nào))|chiếc|sản phẩm|sp(?! \\p{L})|ngày(?! (?:mai|mốt|kia|này|\\d))|người dùng|đơn vị|thùng(?! \\d)|suất|tấm(?! \\d)',
    after:
      'mst|stk|số tài khoản|tài khoản|cmnd|cccd|imei|tax|account|vietcombank|vcb|techcombank|tcb|mb ?bank|bidv|agribank|' +
      'vietinbank|acb|tpbank|vpbank|sacombank|l[aà] (?:stk|s[oố] (?:tk|t[aà]i kho[aả]n)|cccd|cmnd|mst)',
    filler: 'so|la|cua|ma|qua|ve|vao|toi|den',
    // `Số`, `Mã` or `So` and the thing numbered; a single capitalised word is a person's name. Initials of things have no vowel.
    numbered:
      '(?<!\\p{L})(?!(?:ba|bao|biết|bàn|báo|bấm|bắt|bằng|bệnh|bị|bỏ|bốn|bởi|cho|chuyển|cháu|cái|chép|chính|chưa|chặn|chỉ|' +
      'chủ|con|các|còn|có|cùng|cũ|cả|cấp|cần|cập|cứ|do|dâu|dùng|dưới|ghi|giữ|gắn|gọi|gửi|hai|hay|hiện|hoặc|hàng|hôm|hệ|' +
      'hộ|in|khoá|khác|khách|khóa|không|khẩn|kia|kiểm|ký|liên|luôn|là|lưu|lạ|lạc|lại|lấy|lần|lắp|minh|mà|máy|mình|mượn|mất|' +
      'mấy|mọi|một|mới|nay|nghe|ngoài|ngắt|nha|nhà|nhé|nhưng|nhất|nhầm|nhận|nhập|nhật|nhắc|nhắn|nhớ|những|này|nên|nóng|' +
      'nối|phải|phụ|qua|quay|quen|quên|ra|riêng|rác|rể|rồi|sai|sang|sau|sĩ|sẽ|sửa|thay|theo|thoại|thuê|thân|thêm|thì|' +
      'thấy|thật|thị|thợ|thử|toán|tra|trong|trên|trước|trưởng|tài|tìm|tôi|tại|tải|tới|từ|tự|viên|và|vào|vì|vẫn|về|với|' +
      'vụ|xin|xoá|xài|xóa|xế|đang|đeo|điện|đây|đã|đó|đúng|đăng|được|đầu|đặt|đến|để|đọc|đổi|động|ơi|ạ|ảo|' +
      'ở) )(?:\\p{Ll}{2,}|(?!TB)[BCDĐFGHJ-NP-TVXZ]{2,5}) số\\s*:?|' +
      '(?:Thẻ|Phiếu|Hồ sơ|Vé|Biên nhận|Biên bản|Lệnh|Giấy|Sổ|Tờ khai|Chứng từ|H[oó][áa] đơn|Hợp đồng|Công văn|Đồng hồ) (?:\\p{Ll}+ ){0,4}\\p{Ll}+\\s*:|' +
      '(?:[Ss](?:ố|Ố|o|O)|[Mm](?:ã|Ã|a|A)) (?!\\p{Lu}\\p{Ll}+\\s*:)(?:[\\p{L}/]+ ){0,5}[\\p{L}/]+\\s*:|' +
      '[Ss]ố (?!(?:\\p{Ll}+ ){0,2}(?:là|từ|sang|thành|về|đến|tới|qua|cho|vào|còn|thì|vẫn|đang|đã|bị|có|không|chưa|sẽ|được|mà|rồi|và|hoặc|xưa|trước|\\p{Ll}*trưởng|sĩ|sư|thợ)(?!\\p{L}))' +
      '(?:\\p{Ll}+ ){0,3}(?:\\p{Ll}+|[B-Z]{2,4}|(?!NGH)(?=\\p{Lu}*[BCDĐGHK-NP-TVX]{3})[A-ZĐ]{3,8})|ID (?:\\p{Ll}+ ){0,2}\\p{Ll}+\\s*:?|' +
      '[MS](?!ĐT|DT|[RSC]\\b)[B-DĐF-HJ-NP-TV-XZ]{1,4}(?:\\s*:)?|[Mm][ãa] [B-DĐF-HJ-NP-TV-XZ]{2,4}',
    // `Lê Lan0912345678`; a word with diacritics (not in capitals, which can be a code: `QĐ0912345678`); any word after a title;
    // and possible Vietnamese syllables: `VanTam0912345678`, not `Test0912345678`.
    nameBefore:
      '\\\\[nrt]|\\p{Lu}\\p{Ll}* \\p{Lu}\\p{Ll}*_(?:19|20)\\d\\d(?=_)|[À-ÖØ-ÝĂĨŨƠƯẠ-Ỹ]\\p{Lu}*|(?<!\\p{L})(?:(?:[ACEO]|MR|MS|KH|PH|BS|CTY|DI|BAC|THAY)[. ]\\p{Lu}{2,7}(?: \\p{Lu}{2,7})*|' +
      '(?:NGUY[EỄ]N|TR[AẦ]N|L[EÊ]|PH[AẠ]M|HU[YỲ]NH|HO[AÀ]NG|PHAN|V[UŨ]|V[OÕ]|[DĐ][AẶ]NG|B[UÙ]I|[DĐ][OỖ]|H[OỒ]|NG[OÔ]|D[UƯ][OƠ]NG|L[YÝ]|TR[UƯ][OƠ]NG|[DĐ]INH|MAI|L[UƯ][OƠ]NG|TR[IỊ]NH|[DĐ][AÀ]O|CAO|CH[AÂ]U|T[AẠ]|L[AÂ]M|TH[AÁ]I|H[AÀ]|ANH|CH[IỊ]|C[OÔ]|CH[UÚ]|[OÔ]NG|B[AÀ])(?: \\p{Lu}{2,7}){1,4})(?=[_-])|' +
      '\\p{Lu}\\p{Ll}+ \\p{Lu}\\p{Ll}+|[\\u00c0-\\u024f\\u1ea0-\\u1ef9]\\p{Ll}*(?<=\\p{Ll})|' +
      `(?<![^\\s,;(])(?:${title}\\p{Lu}\\p{L}*|(?:${syllable})+)`,
    // `0912345678Mai Anh`, `0912345678_c.Yến_spa`
    nameAfter: `(?:hoặc|hay|và)(?=[\\p{Lu}\\d])|\\p{Ll}{2,5}:(?!//)|(?:[SĐD]{0,2}[ĐD][TĐD]\\p{Lu}{0,3}|T[eE][lL]|F[aA][xX]|M[oO][bB]|Z[aA][lL][oO]|H[oO][tT][lL][iI][nN][eE]|NR|CQ|[MTF](?=:))(?:[:.(+\\d]|$)|_(?:\\p{Lu}\\p{L}*|\\p{L}*[^\\0-\\x7f]\\p{L}*)(?=\\s|$)|${title}_?\\p{Lu}|\\p{Lu}\\p{Ll}+(?![\\p{L}\\d_.@-])`,
    speechAfter:
      'zalo|viber|nha|nhe|nhen|shop|ad|em|hoac|gap|goi|chi|anh|(?!(?:người|năm|tháng|giờ)(?!\\p{L}))(?=\\p{Ll}*[\\u00e0-\\u024f\\u1ea0-\\u1ef9])\\p{Ll}+',
  },
  // English
  {
    phone:
      'phone|phones|telephone|tel|telno|mobile|mob|cell|cellphone|cellular|fax|landline|direct line|contact|call|calls|calling|called|ring|dial|text|sms|' +
      'whatsapp|telegram|caller id|caller|callee|line|helpline|toll free|freephone|callback|reach|reached|hp|cp no|cp number|home no|work no|office no|handphone|ph|sent to|alt no|alternate|imessage|otp to|number on file|phone number|mobile number|mobile phone|cell phone|contact phone|contact number|contact mobile|home phone|work phone|phone no|callerid|caller id num|caller number|callee number|calling number|called number|customer phone|src=|dst=|from=|to=|ani|dnis|clid|cnum|dnid|msisdn|cli=|did=|new number|direct number|main number|work number|home number|office number|emergency number|private number|personal number|business number|alternative number|service number|support number',
    number:
      'document|doc no|tracking reference|tracking ref|con note|credit note|debit note|order id|order no|order number|organization number|organisation number|employee number|staff number|invoice no|invoice number|contract no|account no|account number|account id|acct|a/c no|bank account|iban|swift|bic|routing|' +
      'sort code|bsb|tax id|tax number|tax code|tax no|vat|vat no|ein|ssn|passport|national id|id card|tracking|tracking no|awb|waybill|bill of lading|b/l|serial|serial no|s/n|imei|' +
      'imsi|password|iccid|meid|sku|upc|ean|gtin|isbn|issn|barcode|reference no|ref no|transaction id|txn|amount|total|subtotal|price|cost|revenue|budget|balance|salary|' +
      'timestamp|unix|epoch|=lat|latitude|lng|=lon|longitude|coordinates|gps|version|firmware|build|customer id|user id|employee id|member id|client id|' +
      'case id|case no|case number|ticket no|ticket id|po number|po no|purchase order|asin|licence|license|license plate|plate|vin|zip|zip code|postal code|postcode|' +
      'hash|checksum|session id|uuid|uid|guid|customer ref|client ref|our ref|your ref|booking ref|trace no|trace id|card no|card number|policy no|policy number|claim no|claim number|batch|lot no|part no|part number|model|container|duns|abn|' +
      'acn|crn|npi|tfn|utr|uen|nhs|qty|quantity|population|followers|views|pmid|patent|docket|company no|company number|medicare|hs code|loan no|loan number|loan id|reg no|registration no|file no|file number|job no|job number|job id|permit no|meter reading|odometer|meter no|meter number|asset tag|engine no|chassis no|part no|item no|badge no|patient id|patient no|student id|student no|member no|membership no|receipt no|quote no|check no|cheque no|ticket number|booking id|booking no|booking number|booking code|confirmation no|confirmation number|conf no|dob|npi|dea|apn|mls|lei|dl no|nmi|mpan|mprn|nino|uprn|crn|trn|iccid|po ref|job ref|ref code|order ref|release no|zoom id|meeting id|work order no|container no|seal no|vehicle reg|fein|nsn|eori|order code|customer code|client code|item code|product code|invoice code|payment code|bill code|tracking code|tracking number|shipping code|policy code|contract code|voucher code|coupon code|staff code|employee code|member code|student code|patient code|lead id|deal id|agent id|staff id|room id|trans id|trans no|transaction no|transaction code|payment id|call id|contact id|phone id|sms id|text id|line id|mobile id|telegram id|whatsapp id|message id|thread id|conversation id|unique id|uniqueid|linked id|recording id|call ref|call uuid|contact uuid|contact ref',
    person:
      'acct mgr|acct manager|acct rep|account mgr|account manager|account rep|account executive|owner|worker|desk|office|support|sales|team|manager|holder|rep|agent|customer|client|buyer|driver|from',
    thing:
      'bol|rx|rpt|police report|work order|job order|sales order|delivery note|certificate|cert|delivery order|packing list|manifest|docket|rma|mrn|encounter|voucher|coupon|order|inv|conf|confirmation|invoice|contract|account|shipment|parcel|consignment|reference|ref|transaction|ticket|case|claim|policy|session|=lot|fedex|ups|usps|dhl',
    noun: 'visitor|escrow|specimen|accession|locator|enrollment|enrolment|=wire|approval|authorization|authorisation|passcode|gate code|door code|access code|auth code|approval code|card ending|promo|gift card|loyalty|frequent flyer|known traveler|deed|listing|amendment|addendum|citation|warrant|bond|inmate|appeal|mortgage|tenancy|lease|agreement|plot|registration|reservation|estimate|warranty|prescription|membership|incident|itinerary|quotation|#|=no|no.|no:|nr.|key|port|error|err|row|page|pages|room|score|sum|chapter|section|job|return|request|complaint|file|matter|item|part|seat|meter|asset|entry|permit|licence|receipt|release|quote|deposit|payment|cheque|badge|locker|lockbox|engine|chassis|unit|slot|form|record|task|issue|campaign|member|student|refund|credit note|title|parcel|journal|ledger|lpo|oc|grn|mawb|hawb|pro|dl|ic',
    code:
      'rec|tag|=doc|zoom|a/c|tin no|tin number|id|ids|code|token|seq|apt|po|po box|vol|order|ip|pin|otp|' +
      'usd|vnd|eur|gbp|jpy|idr|thb|sgd|hkd|twd|inr|aud|cad|krw|cny|php|mxn|brl|myr|chf|czk|pln|sek|nok|dkk|rub|rp|rs|rm',
    extension: 'ext(?:ension|n)?\\.?|line|loc\\.',
    currency:
      'usd|eur|gbp|jpy|idr|thb|sgd|hkd|twd|myr|inr|aud|cad|krw|cny|php|mxn|brl|chf|czk|pln|sek|nok|dkk|rub|' +
      'euros?|dollars?|baht|won|yen|руб|zł|kč|kr',
    unit:
      'kg|km2?(?! (?:giảm|\\d))|m[2²3]|cm|mm|ml|[kmgt]b|kwh|mah|[gm]?hz|px|pcs|pts|ms(?!\\.? \\p{L})|bytes|units?|items?|users?|views?|followers|likes|votes|times|' +
      'points?|rows?|records?|words?|steps?|people|years?|days|hours?|minutes|seconds',
    filler: 'no?|number|num|nro?|is|are|was|of|for|the|id|code|to|at|via',
    place:
      'primary|secondary|preferred|verified|registered|my|your|his|her|our|their|this|old|best|same|wrong|right|correct|any|other|another|second|current|good|daytime|evening|local|only|' +
      'alt|backup|bill to|sold to|title company|last|first|next|whose|following|above|below',
    numbered: "(?<!['’])(?!th(?:e|at) )[A-Za-z]{2,} (?:number|No)\\s*:?",
    speechAfter: 'or',
    ending:
      'pdf|docx?|xlsx?|pptx?|csv|txt|rtf|json|xml|html?|png|jpe?g|gif|webp|heic|svg|tiff?|bmp|mp[34]|wav|m4a|ogg|opus|amr|aac|flac|wma|3gp|' +
      'mov|avi|mkv|webm|zip|rar|7z|gz|vcf|eml|msg|log|bak|com|net|org|vn|info|io|me|co|dev|app',
  },
  // German, Dutch, Scandinavian
  {
    phone:
      'telefon|telefonnr|festnetznr|telnr|meine nr|meiner nr|neue nr|seine nr|ihre nr|alte nr|richtige nr|andere nr|unter nr|unter der nr|folgende nr|private nr|mobile nr|kontaktnr|kontaktnummer|ruckrufnummer|festnetznummer|privatnummer|handynr|mobilnr|faxnr|handynummer|mobilnummer|mobiltelefon|mobilnummer|faxnummer|servicenummer|notrufnummer|nummer|mobil|handy|rufnummer|durchwahl|anruf|anrufen|telefonnummer|festnetz|ruckruf|' +
      'telefoon|telefoonnummer|mobielnummer|gsmnummer|mobiel|bel|bellen|terugbellen|gsm|vast|telefonnummer|mobilnummer|ring|tlf|puhelin|gsm numarasi',
    number:
      'aktenzeichen|zahlerstand|kilometerstand|meterstand|pzn|pos.|lv pos|teilenr|artikelnr|ersatzteilnr|plz|blz|steuer id|ust id|konto|betrag|summe|preis|rekening|bedrag|kvk|bsn|btw|kenteken|belopp|bankgiro|plusgiro|kontonr|orgnr|org.nr|cvr|cpr|hrb|hra|kassenzeichen|flurstuck|iban|postcode|lieferschein|versicherungsschein|gutschrift|vertragskonto|kundenkonto|kassenbon|steuernummer|verwendungszweck|passwort|kennwort|kennzeichen|fahrgestell|grundbuch|chargen|pakbon|polis',
    person: 'kunde|herr|frau|mevr|dhr|fru',
    thing:
      'rechnung|vorgang|bestellung|auftrag|vertrag|beleg|schaden|sendung|paket|zahler|antrag|bescheid|mahnung|' +
      'bestelling|factuur|zaak|dossier|pakket|zending|ordre|kvittering|kvitto|arende|sak|forsakring',
    noun: 'reservierung|buchung|angebot|offerte|reservering|boeking|klacht|reklamation|melding|charge|mandant|akte|quittung|uberweisung|reisepass|fuhrerschein|personalausweis|ausweis|rezept|gutschein|kennung|referenz|retoure|ruckgabe|lieferung|brief|referentie|kenmerk|aanvraag|opdracht|schade|bekeuring|fallnr|storung|meldung|karte|artikel|ersatzteil|mitglied',
    extension: 'Durchwahl|DW|Apparat|App\\.|Nebenstelle|toestel|tst\\.|anknytning|ankn\\.|lokal(?:nummer)?|lok\\.|alanumero',
  },
  // French, Spanish, Portuguese, Italian
  {
    phone:
      'n° vert|numero vert|n° azur|n° indigo|n° cristal|n° gratuit|urgence|emergencia|emergenza|emergencias|urgencias|contacto|contato|contatto|domicile|ligne directe|port.|portable|appelez|appeler|rappeler|joindre|standard|mon num|ton num|son num|telefono|telefonos|tfno|telf|movil|celular|llamar|llame|llamen|avisar|marcar|telefone|telefones|telemovel|ligue|ligar|fone|whats|cellulare|chiamare|richiamare|chiami|numero verde|recapito',
    number:
      'permis de construire|permis de conduire|acte de naissance|ref client|code client|compte client|dossier client|facture client|contrat client|ref cliente|ref. cliente|cuenta cliente|conto cliente|rif cliente|conta cliente|contrato cliente|pdl|pce|digicode|code porte|code d acces|mot de passe|mdp|identifiant|allocataire|adherent|n° abonne|numero abonne|matricule|securite sociale|=sécu|solde|saldo|totale|clave|contrasena|lectura|placa|chassi|senha|numero de commande|siret|siren|numero de compte|montant|prix|client no|n° client|numero client|tva|code postal|numero de serie|n° de serie|n° commande|n° facture|n° dossier|n° contrat|' +
      'numero de cuenta|importe|precio|nif|cif|=nie|dni|=rut|rfc|curp|cuit|cuil|clabe|cbu|cups|monto|numero de pedido|nº de pedido|nº pedido|nº factura|nº cliente|nº expediente|nº socio|numero de serie|cedula|albaran|poliza|remision|folio|codigo postal|codigo de barras|tarjeta|' +
      'cpf|cnpj|valor|preco|protocolo|matricula|inscricao|renavam|niss|romaneio|apolice|boleto|nota fiscal|chave|' +
      'partita iva|p iva|p.iva|codice fiscale|importo|prezzo|cod cliente|codice cliente|codigo cliente|codigo de cliente|codigo do cliente|matricola|targa|telaio|tessera|polizza|bolla|lettura',
    person:
      'cliente|sra|sr|sig|sig.ra|mme|mere|pere|maman|mari|femme|epouse|fils|fille|voisin|voisine|madre|padre|esposa|esposo|marido|mujer|hijo|hija|casa|oficina|moglie|marito|figlio|figlia|ufficio|mae|pai|filho|filha|vizinho|vizinha|escritorio|bureau|secretariat|chauffeur|livreur|conductor|chofer|motorista|autista|mairie|cabinet|gardien|syndic|ecole|magasin|portero|porteiro|portiere|portineria|clinica|scuola|escola|escuela|colegio|loja|tienda|negozio|taller|officina|hotel',
    thing:
      'commande|facture|compte|colis|dossier|contrat|bon de livraison|bon de commande|sinistre|releve|cheque|expedition|recommande|compteur|pedido|factura|cuenta|contrato|expediente|codigo|recibo|comprobante|siniestro|envio|seguimiento|orden de compra|orden|boleta|remito|tramite|bastidor|' +
      'fatura|conta|encomenda|ordem de servico|remessa|rastreio|ordine|fattura|conto|pratica|contratto|spedizione|codice|ricevuta|sinistro|scontrino|bonifico|contatore|protocollo|serie|lote|lotto',
    numbered:
      "(?:[Nn](?:[º°]|um[eé]ro|[uú]mero|[uú]m\\.)) (?:d(?:[eiao]s?|ell[aoe]|el?) |d[’']|dell[’'])(?:l[ao]s? |l[’'])?(?!\\p{Lu})[\\p{L}]{4,}\\s*:?",
    noun: 'carte|virement|bulletin|immatriculation|permis|passeport|certificat|proces verbal|acte|jugement|parcelle|billet|ordonnance|mandat|localizador|billete|transferencia|averia|solicitud|historia clinica|receta|acta|escritura|finca|multa|registro|certificado|licencia|biglietto|reclamo|guasto|intervento|cartella|ricetta|commessa|verbale|fascicolo|licenza|certificato|atto|particella|rif|rif.|reso|bolletta|bilhete|prontuario|cadastro|cartao|referencia|reserva|prenotazione|presupuesto|orcamento|preventivo|devis|cotizacion|chamado|incidencia|n°|nro|num|nº|cod.|nota|guia|parte|police|avoir|recu|avis|processo',
    code: 'az|nf|rg|=cap|bl|ddt|nss|cig|ruc|nit|pod|pdr|rea',
    extension: 'poste|anexo|anx\\.|ramal|extensi[oó]n|extens[aã]o|interno?|int\\.',
  },
  // Polish, Czech, Hungarian, Turkish
  {
    phone:
      'komorka|zadzwon|dzwonic|kontakt|mobilni|volejte|volat|mobilszam|hivja|telefonszam|cep|cep tel|santral|arayin|arayiniz|iletisim|numaram',
    number:
      'nip|regon|pesel|krs|kwota|cena|numer konta|nr konta|nr karty|nr klienta|nr umowy|nr polisy|nr zamowienia|nr faktury|nr seryjny|list przewozowy|paragon|ico|dic|castka|adoszam|bankszamla|vkn|tckn|mersis|vergi no|vergi numarasi|musteri no|siparis no|takip no|seri no|hesap no|fatura no|dosya no|police no|abone no|tutar|fiyat|hesap|bakiye|sasi no',
    person: 'bey|hanim|pan|pani',
    numbered: '(?!Pod|Na )[A-ZŁŚŻ][a-zà-ż]{2,} [Nn]r\\.?\\s*:?',
    noun: 'rezervasyon|rezerwacja|oferta|teklif|reklamacja|sikayet|talep|zgloszenie|sprawa|szkoda|bilet|dowod|paszport|licznik|przelew|sygnatura|decyzja|karta|recepta|kod|basvuru|kayit|evrak|dekont|recete|pasaport',
    thing:
      'zamowienie|faktura|przesylka|umowa|zlecenie|polisa|wniosek|paczka|zwrot|objednavka|smlouva|zakazka|zasilka|rendeles|szamla|szerzodes|siparis|fatura|dosya|kargo|iade|sozlesme|abone|sayac|irsaliye|makbuz|plaka|protokol|barkod',
    extension: 'wew(?:n[eę]trzny)?\\.?|linka|kl(?:apka)?\\.|mell[eé]k|dahil[iî]|dah\\.|şb\\.|iç hat',
  },
  // Indonesian, Malay, Filipino
  {
    phone:
      'nomor saya|nomor baru|nomor lama|nomor aktif|nomor kontak|nomor darurat|nomor kantor|nomor rumah|nomor ini|nomor istri|nomor suami|nombor baru|nombor saya|telepon|telp|tlp|hubungi|no hp|no wa|wa|nohp|no tel|nombor|panggil|tawagan|pa text',
    number:
      'norek|no rekening|=rek|ke rek|no rek|no ahli|no invois|no akaun|kode pelanggan|no pelanggan|no pesanan|no resit|npwp|nik|ktp|resi|no resi|harga|jumlah|amaun|surat jalan|no polisi|nopol|tagihan|kwitansi|bukti|sss no|pag ibig|philhealth',
    person: 'supir|sopir|kurir|satpam|toko|sekolah|klinik|kantor|rumah|istri|suami|pelanggan|pak|bu|bapak|ibu|encik|puan',
    noun: 'meteran|pengajuan|id pelanggan|no anggota|tempahan|aduan|laporan|keluhan|kode|kod|nomor',
    thing: 'pesanan|faktur|invois|akaun|resit|tiket|kontrak|klaim|nota',
    extension: 'samb(?:ungan)?\\.?|pes(?:awat)?\\.',
  },
  // Russian, Chinese, Japanese, Korean, Thai, Arabic, Hebrew, Greek
  {
    phone:
      'телефон|телефона|телефону|тел|моб|мобильный|мобильного|сот|сотовый|вотсап|ватсап|звоните|позвоните|звонить|电话|電話|電話番号|携帯番号|电话号码|手机号码|手机号|号码|手机|手機|座机|联系方式|致电|热线|熱線|携帯|連絡先|折返し|전화|연락처|전화번호|휴대폰번호|핸드폰번호|폰번호|핸폰|연락번호|대표번호|휴대폰|핸드폰|โทร|เบอร์|มือถือ|ติดต่อ|ติดต่อหมายเลข|โทรหมายเลข|ที่หมายเลข|' +
      'هاتف|جوال|موبايل|تلفون|اتصل|واتساب|الهاتف|الجوال|الموبايل|التلفون|الواتساب|المحمول|محمول|الخلوي|للتواصل|للاستفسار|الطوارئ|الاتصال|التواصل|טלפון|נייד|פלאפון|הטלפון|הנייד|סלולרי|ישיר|חירום|וואטסאפ|τηλ|τηλεφωνο|τηλεφωνου|κινητο|κινητου',
    number:
      'остаток|инн|кпп|огрн|снилс|сумма|цена|артикул|накладная|лицевой счет|госномер|号|號|订单号|账号|帳號|单号|單號|运单|编号|編號|金额|金額|身份证|税号|价格|工单|发票|合同|保单|流水|病历|凭证|注文番号|予約番号|受付番号|番号|口座|伝票|会員番号|商品番号|管理番号|案件|契約|証券|' +
      'シリアル|주문번호|고객번호|회원번호|예약번호|등록번호|차량번호|카드번호|문서번호|일련번호|제품번호|상품번호|관리번호|사건번호|계약번호|승인번호|계좌번호|계좌|송장|금액|사업자등록번호|사업자번호|주민등록번호|운송장|접수번호|หมายเลข|เลขที่บัญชี|เลขที่|เลขพัสดุ|เลขประจำตัว|รหัส|ราคา|ยอด|ใบแจ้งหนี้|ใบเสร็จ|ใบกำกับ|ใบสั่งซื้อ|สัญญา|กรมธรรม์|ทะเบียน|พัสดุ|المبلغ|الاجمالي|מספר זהות|תעודת זהות|סכום|קוד|הזמנה|חשבונית|αφμ',
    place: 'ฝ่ายบัญชี|แผนกบัญชี',
    person:
      'мамы|папы|мужа|жены|сына|дочери|брата|сестры|водителя|курьера|менеджера|бухгалтера|директора|секретаря|мастера|офиса|охраны|школы|клиники|магазина|склада|соседа|соседки|врача|доктора|аптеки|المكتب|البيت|الحارس|العيادة|المدرسة|المستشفى|الفندق|المطعم|المحل|الزوج|الزوجة|الأم|الأب|الابن|الأخ|الأخت|המשרד|הבית|העבודה|חדש|ישן|المدير|السائق|المندوب|الموظف|الوالد|الوالدة|האמא|האבא|הבעל|האישה|הבן|הבת|הנהג|השליח|המנהל',
    numbered: "[Нн]омер \\p{Ll}{4,}\\s*:?|رقم ال\\p{L}+\\s*:?|(?:מספר|מס['׳]) \\p{L}+\\s*:?|[Αα]ρ(?:\\.|ιθμός) \\p{Ll}{4,}\\s*:?",
    thing:
      'акт|чек|платеж|карта|билет|бронь|серия|паспорт|дело|протокол|код|рецепт|трек|отправление|тикет|претензия|гарантия|заказ|счет|договор|заявка|обращение|полис|квитанция|посылка|订单|訂單|快递|预约|投诉|注文|請求書|予約|受付|주문|접수|예약|견적|청구|계약|บัญชี|คำสั่งซื้อ|ออเดอร์|บิล|طلب|الطلب|فاتورة|الفاتورة|حساب|الحساب|عقد|العقد|شحنة|الشحنة|حجز|الحجز|معاملة|المعاملة|بوليصة|البوليصة|تذكرة|التذكرة|إيصال|الإيصال|بطاقة|البطاقة|هوية|الهوية|جواز|الجواز|ملف|الملف|كود|الكود|مرجع|المرجع|سند|السند|رخصة|الرخصة|وصل|الوصل|תיק|התיק|משלוח|המשלוח|פוליסה|הפוליסה|קריאה|הקריאה|תביעה|התביעה|חוזה|החוזה|קבלה|הקבלה|חשבון|החשבון|אסמכתא|האסמכתא|כרטיס|הכרטיס|דרכון|הדרכון|רישיון|הרישיון|ההזמנה|החשבונית|παραγγελια|τιμολογιο',
    noun: '번호',
    code: 'qq',
    extension: 'доб(?:\\.|авочный)?|вн(?:утр)?\\.|дод\\.|内線|内线|內線|分机|分機|[轉转]|내선|구내|ต่อ|εσωτ\\.|تحويلة|שלוחה',
  },
];
