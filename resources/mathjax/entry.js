// LaTeX -> SVG for StudyApp. `build.sh` makes mathjax.js of this; studyapp/mathtext/engine.py calls typeset().
import {mathjax} from 'mathjax-full/js/mathjax.js';
import {TeX} from 'mathjax-full/js/input/tex.js';
import {SVG} from 'mathjax-full/js/output/svg.js';
import {liteAdaptor} from 'mathjax-full/js/adaptors/liteAdaptor.js';
import {RegisterHTMLHandler} from 'mathjax-full/js/handlers/html.js';
import {Configuration} from 'mathjax-full/js/input/tex/Configuration.js';
import {CommandMap} from 'mathjax-full/js/input/tex/SymbolMap.js';
import BaseMethods from 'mathjax-full/js/input/tex/base/BaseMethods.js';
import 'mathjax-full/js/input/tex/base/BaseConfiguration.js';
import 'mathjax-full/js/input/tex/ams/AmsConfiguration.js';
import 'mathjax-full/js/input/tex/newcommand/NewcommandConfiguration.js';
import 'mathjax-full/js/input/tex/boldsymbol/BoldsymbolConfiguration.js';
import 'mathjax-full/js/input/tex/color/ColorConfiguration.js';
import 'mathjax-full/js/input/tex/cancel/CancelConfiguration.js';
import 'mathjax-full/js/input/tex/mathtools/MathtoolsConfiguration.js';
import 'mathjax-full/js/input/tex/textmacros/TextMacrosConfiguration.js';
import 'mathjax-full/js/input/tex/configmacros/ConfigMacrosConfiguration.js';

// \tag{3} is set at the end of its row: MathJax's own tags need a page to stand on the right of.
// \rule and \Rule take the colour of the text: MathJax's own are black, which a dark theme hides.
new CommandMap('study-macros', {tag: 'Tag', rule: 'Inked', Rule: 'Inked'}, {
  Tag(parser, name) {
    const star = parser.GetStar();
    const text = parser.GetArgument(name);
    const shown = star ? text : '(' + text + ')';
    parser.string = '\\qquad\\text{' + shown + '}' + parser.string.slice(parser.i);
    parser.i = 0;
  },
  Inked(parser, name) {
    const given = parser.stack.env.color;
    parser.stack.env.color = given || 'currentColor';
    BaseMethods[name.slice(1)](parser, name);
    parser.stack.env.color = given;
  },
});
Configuration.create('study', {handler: {macro: ['study-macros']}, priority: 1});

const adaptor = liteAdaptor();
RegisterHTMLHandler(adaptor);
const packages = ['base', 'ams', 'newcommand', 'boldsymbol', 'color', 'cancel', 'mathtools', 'textmacros',
                  'configmacros', 'study'];

// A new reader for each formula: a macro, colour or option defined in one must not change the next.
function reader() {
  return new TeX({
    packages,
    macros: {bm: ['\\boldsymbol{#1}', 1]},
    formatError: (jax, error) => { throw error; },
  });
}

// One string: 'S' and the SVG, 'T' and what is wrong with the LaTeX, or 'X' and what broke in here.
globalThis.typeset = function (tex, display) {
  try {
    const doc = mathjax.document('', {InputJax: reader(), OutputJax: new SVG({fontCache: 'local'})});
    const node = doc.convert(tex, {display: display, em: 16, ex: 8, containerWidth: 100000});
    return ['S', adaptor.innerHTML(node)].join('');
  } catch (error) {
    return [error.id ? 'T' : 'X', error.message].join('');
  }
};
