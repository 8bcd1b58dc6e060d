/** Everything is drawn in the page's own text colour and variables, so that it follows the viewer's light or dark. */
export const style = `
.kp-playground{margin:0;padding:.9rem 1rem 1rem;border:1px solid var(--line,currentColor);border-radius:.5rem;font-size:.95rem;line-height:1.45}
.kp-playground p{margin:0}
.kp-playground .kp-title{font-weight:600;font-size:1.05rem}
.kp-playground .kp-model{color:var(--soft,inherit);margin:.1rem 0 .7rem}
.kp-controls{display:grid;grid-template-columns:repeat(auto-fill,minmax(7.6rem,1fr));gap:.6rem .9rem;align-items:end}
.kp-field{display:flex;flex-direction:column;gap:.15rem;min-width:0}
.kp-field label{font-size:.85rem;color:var(--soft,inherit)}
.kp-check{flex-direction:row;align-items:center;gap:.4rem;min-height:2.4rem}
.kp-check label{line-height:1.2}
.kp-field select,.kp-field input[type=number]{font:inherit;color:inherit;background:var(--page,Canvas);border:1px solid var(--soft,currentColor);border-radius:.3rem;padding:.25rem .4rem;min-height:2.4rem;width:100%;min-width:0}
.kp-field :disabled{opacity:.6;border-style:dashed;cursor:not-allowed}
.kp-hint{grid-column:1/-1;font-size:.85rem;color:var(--soft,inherit)}
.kp-hint[hidden]{display:none}
.kp-buttons{display:flex;flex-wrap:wrap;gap:.5rem .7rem;align-items:center;margin:.9rem 0 .5rem}
.kp-buttons button{font:inherit;color:inherit;background:var(--box,Canvas);border:1px solid var(--soft,currentColor);border-radius:.3rem;padding:.35rem .9rem;min-height:2.4rem;cursor:pointer}
.kp-buttons button.kp-main{background:var(--link,LinkText);border-color:var(--link,LinkText);color:var(--page,Canvas);font-weight:600;min-width:6rem}
.kp-buttons button[aria-disabled=true]{cursor:default;border-style:dashed;color:var(--soft,inherit)}
.kp-buttons progress{flex:1 1 6rem;min-width:4rem;height:.6rem;accent-color:var(--link,LinkText)}
.kp-status{min-height:2.9em;color:var(--ink,inherit)}
.kp-status.kp-bad{color:var(--bad,inherit)}
.kp-panels{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),1fr));gap:.8rem 1.2rem;margin:.7rem 0 .3rem}
.kp-panel{min-width:0}
.kp-panel-title{font-weight:600;font-size:.9rem}
.kp-playground svg{display:block;max-width:none}
.kp-playground svg text{fill:currentColor;font-size:12px}
.kp-grid{stroke:currentColor;stroke-opacity:.15}
.kp-tick{stroke:currentColor;stroke-opacity:.5;fill:none}
.kp-training{fill:none;stroke-width:5;stroke-linecap:round}
.kp-validation{fill:none;stroke-width:2.5;stroke-linejoin:round;stroke-linecap:round}
.kp-notebook{fill:none;stroke:currentColor;stroke-opacity:.65;stroke-width:1.5;stroke-dasharray:4 3}
.kp-beyond{font-size:.8rem;color:var(--soft,inherit)}
.kp-old :is(.kp-training,.kp-validation,.kp-above){stroke-opacity:.35;fill-opacity:.35}
.kp-old .kp-map :is(canvas,.kp-border){opacity:.35}
.kp-figures.kp-old td:not(:last-child){font-style:italic;color:var(--soft,inherit)}
.kp-surface{max-width:24rem}
.kp-map{position:relative}
.kp-map canvas{position:absolute}
.kp-map svg{position:relative;width:100%;height:auto}
.kp-point-edge{fill:none;stroke:var(--page,Canvas);stroke-width:8;stroke-linecap:round}
.kp-point{fill:none;stroke-width:6;stroke-linecap:round}
.kp-point-hole{fill:none;stroke:var(--page,Canvas);stroke-width:2.5;stroke-linecap:round}
.kp-border{fill:none;stroke:currentColor;stroke-width:2}
.kp-legend{display:flex;flex-wrap:wrap;gap:.1rem 1rem;font-size:.85rem}
.kp-legend span{display:inline-flex;align-items:center;gap:.35rem}
.kp-figures{margin:.7rem 0;line-height:1.3}
.kp-figures td,.kp-figures th{padding:.2rem .7rem;text-align:right}
.kp-figures tbody th{text-align:left;font-weight:normal;padding-left:1rem}
.kp-figures tbody th[scope=rowgroup]{font-weight:600;padding:.5rem 0 .2rem}
.kp-figures td:last-child{color:var(--soft,inherit)}
.kp-playground tbody th{border-bottom-width:1px}
.kp-playground [tabindex]{cursor:auto}
.kp-values summary{cursor:pointer}
.kp-values .scroll{max-height:18rem;overflow:auto}
@media (max-width:40rem){.kp-playground{padding:.7rem .6rem}.kp-controls{grid-template-columns:repeat(2,1fr)}}
`;
