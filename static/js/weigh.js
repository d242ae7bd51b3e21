// How the platforms count a text, while it is typed. A hint: the server has the last word.
const URL_WEIGHT = 23;
const LINK = /https?:\/\/[^\s<>"]+|(?<![\w@$#.-])(?:[a-z0-9][a-z0-9_-]*\.)+(?:id|com|net|org|info|my)(?![\w@-])(?:[/?][^\s<>"]*)?/giu;
const CLOSING = /[.,;:!?'")\]}*_~…’”]*$/; // what ends the sentence around a link
const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;
const LIGHT = [[0, 4351], [8192, 8205], [8208, 8223], [8242, 8247]];

function ofLetters(text) {
  let sum = 0;
  for (const { segment } of new Intl.Segmenter("id").segment(text)) {
    if (EMOJI.test(segment)) sum += 2;
    else for (const letter of segment) sum += isLight(letter.codePointAt(0)) ? 1 : 2;
  }
  return sum;
}

function isLight(point) {
  return LIGHT.some(([first, last]) => first <= point && point <= last);
}

function ofX(text) {
  let links = 0;
  const rest = text.normalize("NFC").replace(LINK, (url) => {
    links += 1;
    return url.includes("(") ? "" : url.match(CLOSING)[0];
  });
  return ofLetters(rest) + links * URL_WEIGHT;
}

export function weigh(platform, text) {
  const said = text.trim();
  return platform === "x" ? ofX(said) : [...said].length;
}

// Where the limit passes, by halving: weight never falls when text grows.
export function cut(platform, text, limit) {
  const letters = [...text];
  if (weigh(platform, text) <= limit) return text.length;
  let low = 0;
  let high = letters.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (weigh(platform, letters.slice(0, middle).join("")) <= limit) low = middle;
    else high = middle - 1;
  }
  return letters.slice(0, low).join("").length;
}
