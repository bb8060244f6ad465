// check_links.js RULES: reads what mutate_links prints and asks Node's own URL parser, which is the URL Standard's.
// Invariant: what the library emits, the parser reads as it stands, with the same host; and where both accept an
// input, they read the same host in it.
'use strict';
const fs = require('fs');
const readline = require('readline');

const UNSAFE = 1, DECLARED = 3;
const SCHEME_ADDED = 2, UNWRAPPED = 64, QUOTE = 1024, MORE_LINKS = 2048;

const emitted = new Map(); // host to the host that is emitted for it
for (const provider of JSON.parse(fs.readFileSync(process.argv[2], 'utf8')).providers)
  if (provider.active !== false)
    for (const [host, emit] of Object.entries(provider.hosts || {}))
      emitted.set(host, emit);

let lines = 0, links = 0, known = 0, both = 0, failures = 0;

function fail(what, input, url) {
  if (failures++ < 20)
    console.log(`${what}: ${JSON.stringify(input)} gives ${url}`);
}

function parse(text) {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

function checkLine(line) {
  const [hex, verdict, warnings, url] = line.split('\t');
  const bytes = Buffer.from(hex, 'hex');
  const input = bytes.toString('utf8');
  lines++;
  if ((url !== '') && Number(verdict) <= UNSAFE)
    fail('a URL of an unsafe link', input, url);
  if (url === '')
    return;
  links++;
  known += Number(verdict) >= DECLARED;
  const read = parse(url);
  const host = url.split('/')[2];
  if (read === null || read.host !== host || read.username || read.password || read.port || read.href !== url)
    fail(`read as ${read && read.href}`, input, url);
  if (!Buffer.from(input, 'utf8').equals(bytes))
    fail('not UTF-8', input, url);
  // A text that was repaired or unwrapped is another one for the parser.
  if (Number(warnings) & (SCHEME_ADDED | UNWRAPPED | QUOTE | MORE_LINKS))
    return;
  const given = parse(input.replace(/^[\s\u200b]+|[\s\u200b]+$/gu, ''));
  if (given === null) {
    fail('refused by the parser', input, url);
    return;
  }
  both++;
  const theirs = given.host.replace(/\.$/, '');
  if ((Number(verdict) >= DECLARED ? emitted.get(theirs) || theirs : theirs) !== host || given.username || given.port)
    fail(`host read as ${given.host}`, input, url);
}

const reader = readline.createInterface({input: process.stdin});
reader.on('line', checkLine);
reader.on('close', () => {
  console.log(`${lines} inputs, ${links} links emitted, ${known} of a known provider, ` +
              `${both} compared with the input, ${failures} failures`);
  process.exit(failures || links * 20 < lines ? 1 : 0);
});
