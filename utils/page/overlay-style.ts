/**
 * Styles of our own shadow root. `!important` on the host beats every rule of the page, also its important ones and its
 * animations (css-cascade-5 §6.1: inner context first among important declarations).
 */
export const overlayStyle = `
:host{all:initial!important;position:fixed!important;inset:0 auto auto 0!important;width:100px!important;height:100px!important;
display:block!important;visibility:visible!important;overflow:visible!important;pointer-events:none!important;
z-index:2147483647!important;color-scheme:normal!important;user-select:none!important;-webkit-user-select:none!important;
direction:ltr!important;contain:layout style!important}
:host([popover]:not(:popover-open)){visibility:hidden!important}
.b{all:unset;position:absolute;left:0;top:0;box-sizing:border-box;width:24px;height:24px;display:grid;place-items:center;
cursor:pointer;pointer-events:auto;border-radius:50%;--ink:#0b7a53;--paper:#e7f5ee;--ring:#0b7a5366;-webkit-tap-highlight-color:transparent}
.b.dark{--ink:#5fe0ab;--paper:#12372a;--ring:#5fe0ab66}
.bubble[hidden]{display:none}
.b::before{content:"";grid-area:1/1;box-sizing:border-box;width:18px;height:18px;border-radius:50%;background:var(--paper);
border:1px solid var(--ring);transition:background-color .12s,border-color .12s}
.b::after{content:"";grid-area:1/1;width:12px;height:12px;background:var(--ink);transition:background-color .12s;
clip-path:path("M3.1.9h1.5l.9 2.6-1.3 1a6.6 6.6 0 0 0 3.3 3.3l1-1.3 2.6.9v1.5a1.5 1.5 0 0 1-1.6 1.5A8.7 8.7 0 0 1 1.6 2.5 1.5 1.5 0 0 1 3.1.9z")}
.b.tight::before{width:14px;height:14px}.b.tight::after{width:10px;height:10px;
clip-path:path("M2.6.8h1.2l.8 2.1-1.1.9a5.5 5.5 0 0 0 2.7 2.7l.9-1.1 2.1.8v1.2a1.2 1.2 0 0 1-1.3 1.3A7.2 7.2 0 0 1 1.3 2.1 1.2 1.2 0 0 1 2.6.8z")}
.b:hover,.b:focus-visible,.b.ringing,.b.talking{--paper:var(--ink)}
.b:hover::before,.b:focus-visible::before,.b.ringing::before,.b.talking::before{background:var(--ink);border-color:var(--ink)}
.b:hover::after,.b:focus-visible::after,.b.ringing::after,.b.talking::after{background:#fff}
.b.dark:hover::after,.b.dark:focus-visible::after,.b.dark.ringing::after,.b.dark.talking::after{background:#06281b}
.b:focus-visible{outline:2px solid var(--ink);outline-offset:1px}
.b.placing{cursor:progress}
.b.placing::before{background:var(--paper);border:2px solid var(--ring);border-top-color:var(--ink);animation:turn .8s linear infinite}
.b.placing::after{background:var(--ink);width:8px;height:8px;clip-path:none;border-radius:50%}
.b.failed{--ink:#b3261e;--paper:#fdecea;--ring:#b3261e66}
.b.dark.failed{--ink:#ff9b92;--paper:#4a1512;--ring:#ff9b9266}
.b.unknown,.b.asking{--ink:#8a5300;--paper:#fff2d9;--ring:#8a530066}
.b.dark.unknown,.b.dark.asking{--ink:#ffc46b;--paper:#452c05;--ring:#ffc46b66}
.b.failed::after,.b.unknown::after,.b.asking::after{width:12px;height:12px}
.b.failed::after{clip-path:polygon(43% 8%,57% 8%,57% 62%,43% 62%,43% 76%,57% 76%,57% 92%,43% 92%,43% 76%,43% 62%)}
.b.ringing::before{box-shadow:0 0 0 0 var(--ink);animation:pulse 1.4s ease-out infinite}
.bubble{all:unset;position:absolute;left:0;top:0;box-sizing:border-box;width:max-content;max-width:280px;padding:10px 12px;
max-height:calc(100vh - 16px);overflow:auto;display:block;pointer-events:auto;border-radius:10px;color:#1d2733;background:#fff;
font:13px/1.45 system-ui,"Segoe UI",Roboto,sans-serif;
border:1px solid #d5dce3;border-left:4px solid #0b7a53;box-shadow:0 6px 24px #0f1e3333}
.bubble.failed{border-left-color:#b3261e}.bubble.unknown,.bubble.asking{border-left-color:#b06c00}
.bubble.dark{color:#eef3f6;background:#1e272e;border-color:#3a4650;box-shadow:0 6px 24px #0008}
.bubble.dark{border-left-color:#5fe0ab}.bubble.dark.failed{border-left-color:#ff9b92}
.bubble.dark.unknown,.bubble.dark.asking{border-left-color:#ffc46b}
.bubble b{display:block;font-weight:600}.bubble span{white-space:pre-line;font-variant-numeric:tabular-nums}
.actions{display:flex;gap:8px;margin-top:8px}.actions:empty{display:none}
.actions button{all:unset;box-sizing:border-box;min-height:28px;padding:4px 12px;border-radius:7px;cursor:pointer;font-weight:600;
border:1px solid #b8c3cc;color:inherit}
.actions button:first-child{background:#0b7a53;border-color:#0b7a53;color:#fff}
.actions button:focus-visible{outline:2px solid #1a73e8;outline-offset:2px}
@keyframes turn{to{transform:rotate(1turn)}}
@keyframes pulse{to{box-shadow:0 0 0 8px transparent}}
@media (prefers-reduced-motion:reduce){.b::before{animation:none!important;transition:none!important}}
@media (forced-colors:active){.b::before,.b::after{forced-color-adjust:none}}
@media print{:host{display:none!important}}
`;
