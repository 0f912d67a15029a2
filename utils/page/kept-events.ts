/** Events kept from the page, which would take them for presses outside of its dialogs, its shortcuts, or text typed into it. */
export const KEPT = [
  ...['pointerdown', 'mousedown', 'touchstart', 'pointerup', 'mouseup', 'touchend', 'click'],
  ...['dblclick', 'auxclick', 'contextmenu', 'keydown', 'keypress', 'keyup'],
  ...['beforeinput', 'input', 'copy', 'cut', 'paste'],
];
