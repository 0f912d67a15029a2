/** Styles of the card, in the same shadow root as the buttons. 296 px leave a margin on a view of 320. */
export const cardStyle = `
.card{all:unset;position:absolute;left:0;top:0;box-sizing:border-box;width:296px;padding:12px 14px;display:block;overflow:auto;
pointer-events:auto;border-radius:12px;font:13px/1.45 system-ui,"Segoe UI",Roboto,sans-serif;color:#1d2733;background:#fff;
border:1px solid #d5dce3;box-shadow:0 8px 28px #0f1e3333;--soft:#566573;--line:#e3e8ed;--go:#0b7a53;--on-go:#fff;--warn:#8a3a00;
--warn-paper:#fff3e0;--warn-line:#f0c088;--focus:#1a73e8;--hover:#f1f4f6;overflow-wrap:anywhere;scrollbar-width:thin}
.card.dark{color:#eef3f6;background:#1e272e;border-color:#3a4650;box-shadow:0 8px 28px #0009;--soft:#a9b7c2;--line:#36424c;
--go:#5fe0ab;--on-go:#06281b;--warn:#ffd79c;--warn-paper:#3d2b10;--warn-line:#7a5a24;--focus:#8ab4f8;--hover:#2a353d}
.card[hidden],.card [hidden]{display:none!important}
.card *{box-sizing:border-box}
.card p,.card ul{margin:0;padding:0}
.card h2{all:unset;display:block;font-size:17px;font-weight:650;line-height:1.3;font-variant-numeric:tabular-nums}
.card .soft{color:var(--soft);font-variant-numeric:tabular-nums}
.card .state{margin-top:9px;padding-left:9px;border-left:3px solid var(--go);font-weight:600;font-variant-numeric:tabular-nums}
.card .warn{margin-top:10px;padding:8px 10px;border-radius:8px;color:var(--warn);background:var(--warn-paper);
border:1px solid var(--warn-line);font-weight:550}
.card label{display:block;margin-top:10px;font-weight:600}
.card input{all:unset;box-sizing:border-box;display:block;width:100%;margin-top:4px;padding:5px 9px;min-height:32px;border-radius:7px;
border:1px solid #7d8b97;font:inherit;font-weight:400;color:inherit;background:transparent;cursor:text;user-select:text}
.card .ring{display:flex;gap:8px;align-items:center;margin-top:6px;font-weight:400;color:var(--soft)}
.card select{flex:1;min-width:0;min-height:30px;padding:2px 6px;border-radius:7px;border:1px solid #7d8b97;font:inherit;color:#1d2733;
background:#fff;color-scheme:light}
.card.dark select{color:#eef3f6;background:#1e272e;border-color:#5b6872;color-scheme:dark}
.card select:focus-visible{outline:2px solid var(--focus);outline-offset:0}
.card input:focus{outline:2px solid var(--focus);outline-offset:0}
.card .hint{font-size:12px;margin-top:3px}
.card .acts{display:flex;flex-wrap:wrap;gap:8px;margin-top:10px;align-items:center}
.card button{all:unset;box-sizing:border-box;min-height:30px;padding:4px 14px;border-radius:8px;cursor:pointer;font-weight:600;
border:1px solid #b8c3cc;color:inherit;text-align:center}
.card.dark button{border-color:#5b6872}
.card button:hover{background:var(--hover)}
.card button.go{background:var(--go);border-color:var(--go);color:var(--on-go)}
/* no filter: what has one counts as not seen */
.card button.go:enabled:hover{background-image:linear-gradient(#fff2,#fff2)}
.card button:disabled{opacity:.55;cursor:default}
.card button:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
/* only below what is still shown of the number */
.card div:not([hidden])~.aside p{margin-top:9px}
.card .outcomes{margin-top:11px;padding-top:9px;border-top:1px solid var(--line)}
.card .chips{display:flex;flex-wrap:wrap;gap:6px;margin:6px 0 0}
.card button.chip{min-height:26px;padding:2px 10px;border-radius:13px;font-weight:500}
.card button.chip[aria-pressed=true]{background:var(--go);border-color:var(--go);color:var(--on-go);font-weight:600}
.card .outcomes [role=status]{margin-top:6px}
.card .facts{display:grid;gap:5px;margin-top:11px;padding-top:10px;border-top:1px solid var(--line)}
.card .facts ul{display:grid;gap:5px;list-style:none}
.card .note{padding-left:9px;border-left:3px solid var(--line);white-space:pre-line}
.card .foot{display:flex;flex-wrap:wrap;gap:0 14px;margin-top:9px;padding-top:6px;border-top:1px solid var(--line)}
.card .foot button{border:0;padding:4px 0;min-height:26px;font-weight:500;font-size:12px;color:var(--soft);text-decoration:underline;
text-decoration-color:transparent;text-underline-offset:2px}
.card .foot button:hover{background:none;color:inherit;text-decoration-color:currentColor}
@media (forced-colors:active){.card button{border:1px solid ButtonText}}
`;
