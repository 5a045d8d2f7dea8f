import { expect } from 'chai';
import fc from 'fast-check';
import { deflateSync, strToU8 } from 'fflate';
import { toBase64 } from '../../../editor/playground/base64.ts';
import { fromFragment, toFragment } from '../../../editor/playground/share.ts';

describe('a link that holds a text', () => {
  it('gives back what went in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, imported) => {
        const project = { main: 'model.net', texts: { 'model.net': text, 'blocks/mobile.net': imported } };
        expect(fromFragment(`#${toFragment(project)}`)).to.deep.equal(project);
      }),
    );
  });

  it('is made of letters that stay as they are in an address', () => {
    const text = 'net A(x: [3]) { relu }\n'.repeat(40);
    const fragment = toFragment({ main: 'a.net', texts: { 'a.net': text } });
    expect(fragment).to.match(/^code=[\w-]+$/);
    expect(fragment.length).to.be.lessThan(text.length / 4);
  });

  it('holds nothing where it was not made by us', () => {
    expect(fromFragment('')).to.equal(undefined);
    expect(fromFragment('#example=lenet.net')).to.equal(undefined);
    expect(fromFragment('#code=')).to.equal(undefined);
    fc.assert(
      fc.property(fc.base64String(), (text) => fromFragment(`#code=${text.replace(/[+/=]/g, '_')}`) === undefined),
    );
  });

  it('holds nothing where the shape or a name is wrong', () => {
    const packed = (value: unknown) => {
      const text = toBase64(deflateSync(strToU8(JSON.stringify(value))));
      return `#code=${text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
    };
    expect(fromFragment(packed({ main: 'a.net', texts: { 'a.net': '' } }))).to.not.equal(undefined);
    for (const value of [
      null,
      [],
      'text',
      { main: 'a.net' },
      { main: 'a.net', texts: {} },
      { main: 'a.net', texts: { 'a.net': 3 } },
      { main: 'b.net', texts: { 'a.net': '' } },
      { main: '../a.net', texts: { '../a.net': '' } },
      { main: '__proto__', texts: { __proto__: '' } },
    ]) {
      expect(fromFragment(packed(value)), JSON.stringify(value)).to.equal(undefined);
    }
  });

  it('does not unpack what is far too large', () => {
    const project = { main: 'a.net', texts: { 'a.net': ' '.repeat(3_000_000) } };
    const fragment = toFragment(project);
    expect(fragment.length).to.be.lessThan(100_000);
    expect(fromFragment(fragment)).to.equal(undefined);
  });
});
