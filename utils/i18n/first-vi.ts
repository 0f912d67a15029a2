import type { FirstKey } from './first-en.ts';

export const firstVi: Record<FirstKey, string> = {
  first_heading: 'Ba bước đến cuộc gọi đầu tiên',
  first_code: 'Xin quản trị viên địa chỉ máy chủ và mã dùng một lần.',
  first_code_company: 'Xin quản trị viên mã dùng một lần.',
  first_connect: 'Nhập cả hai vào phần tùy chọn. Mỗi trình duyệt chỉ cần một lần.',
  first_connect_company: 'Nhập mã vào phần tùy chọn. Mỗi trình duyệt chỉ cần một lần.',
  first_call: 'Mở CRM, bật Dialside cho trang đó tại đây, rồi bấm nút cạnh số điện thoại.',
  first_call_company: 'Mở CRM rồi bấm nút cạnh số điện thoại.',
  first_done: 'Đã xong:',
  first_open: 'Kết nối trình duyệt này',
  company_sites: 'Công ty bạn dùng Dialside trên các trang này: {sites}.',
  company_sites_refused: 'Trình duyệt chưa được phép đọc {sites}. Hãy bấm lần nữa và chọn cho phép khi được hỏi.',
  company_all_sites: 'mọi trang https',
  company_allow: 'Cho phép',
};
