import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { mainPicture } from '../../../scripts/report/mainPicture.mjs';

describe('mainPicture', () => {
  const figure = (className: string, inner: string) =>
    `<figure class="${className}"><div class="still">${inner}</div><details></details></figure>`;

  it('the tagged chart, else the first, whole', () => {
    const first = figure('chart', '<svg id="a"><svg></svg></svg>');
    const main = figure('chart main', '<svg id="b"></svg>');
    assert.equal(mainPicture(`<p>${first}${main}`), '<svg id="b"></svg>');
    assert.equal(mainPicture(`${first}${first}`), '<svg id="a"><svg></svg></svg>');
  });

  it('nothing where there is no chart or no SVG', () => {
    assert.equal(mainPicture('<p></p>'), '');
    assert.equal(mainPicture(figure('chart', '<img src="data:">')), '');
  });
});
