/** Digits in a CRM that are not phone numbers; `id` is the end of the cell's test id. */
interface Trap {
  id: string;
  label: string;
  text: string;
}

export const traps: Trap[] = [
  { id: 'price', label: 'Giá trị hợp đồng', text: '912.345.678 ₫' },
  { id: 'price-plain', label: 'Tạm ứng', text: '0.98 tỷ (983.000.000 đồng)' },
  { id: 'tax-code', label: 'Mã số thuế', text: 'MST 0700456789' },
  { id: 'tax-branch', label: 'MST chi nhánh', text: 'MST: 0900123456-001' },
  { id: 'order', label: 'Mã đơn hàng', text: 'DH-0912345678' },
  { id: 'order-hash', label: 'Phiếu xuất kho', text: '#0987654321' },
  { id: 'date', label: 'Ngày ký', text: '09/12/2025 08:30:15' },
  { id: 'date-iso', label: 'Hạn thanh toán', text: '2026-03-31T17:00:00' },
  { id: 'date-range', label: 'Kỳ báo cáo', text: '01/01/2026 - 31/03/2026' },
  { id: 'bank', label: 'Số tài khoản', text: 'STK 0071000345678 Vietcombank' },
  { id: 'bank-spaced', label: 'Tài khoản phụ', text: 'TK 1903 6123 4567 89 Techcombank' },
  { id: 'citizen', label: 'CCCD', text: '079 190 001 234' },
  { id: 'card', label: 'Thẻ', text: '9704 3612 3456 7890' },
  { id: 'barcode', label: 'Mã vạch', text: '8934673123456' },
  { id: 'tracking', label: 'Vận đơn', text: 'VN0912345678VN' },
  { id: 'plate', label: 'Biển số xe', text: '51F-123.45' },
  { id: 'ip', label: 'Máy chủ', text: '192.168.100.200' },
  { id: 'gps', label: 'Tọa độ kho', text: '10.762622, 106.660172' },
  { id: 'version', label: 'Phiên bản hợp đồng', text: 'v2026.03.10.0912' },
  { id: 'uuid', label: 'Mã giao dịch', text: '6f1d0912-3456-4789-8123-456789012345' },
  { id: 'decimal', label: 'Tỷ giá', text: '25345.0912345678' },
  { id: 'url', label: 'Liên kết', text: 'https://baogia.example.vn/don/0912345678' },
];
