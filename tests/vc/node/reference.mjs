// The reference that our signatures are compared with: @digitalbazaar/vc with eddsa-rdfc-2022-cryptosuite.
//
// Run in the folder that holds its packages: node --input-type=module -e "$(cat reference.mjs)" <request.json
// Request: {contexts: {url: document}, seed: hex, created, verify: [document], sign: [document], seconds: number}
// Answer:  {verified: [{verified, error}], signed: [document], rates: {verify: [{clock, computing}], sign: [...]}}, per second
import {readFileSync} from 'node:fs';
import * as vc from '@digitalbazaar/vc';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';

const request = JSON.parse(readFileSync(0, 'utf8'));
const DID = 'did:key:';

// Nothing is fetched: a context or did:key that is not at hand is an error.
async function documentLoader(url) {
  if(request.contexts[url]) {
    return {contextUrl: null, documentUrl: url, document: request.contexts[url]};
  }
  if(url.startsWith(DID)) {
    const [controller, fragment] = url.split('#');
    const key = controller.slice(DID.length);
    const method = {
      '@context': 'https://w3id.org/security/multikey/v1', type: 'Multikey',
      id: `${controller}#${key}`, controller, publicKeyMultibase: key
    };
    const document = fragment ? method : {
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
      id: controller, verificationMethod: [method], assertionMethod: [method.id]
    };
    return {contextUrl: null, documentUrl: url, document};
  }
  throw new Error(`not at hand: ${url}`);
}

const seed = Uint8Array.from(Buffer.from(request.seed, 'hex'));
const key = await Ed25519Multikey.generate({seed});
key.controller = DID + key.publicKeyMultibase;
key.id = `${key.controller}#${key.publicKeyMultibase}`;
const now = new Date(request.now ?? request.created);

async function verify(credential) {
  const suite = new DataIntegrityProof({cryptosuite});
  const answer = await vc.verifyCredential({credential, suite, documentLoader, now, checkStatus: async () => ({verified: true})});
  const errors = [answer.error, ...(answer.error?.errors ?? [])].filter(Boolean);
  return {verified: answer.verified, error: errors.map(error => error.message).join('; ')};
}

async function sign(credential) {
  const suite = new DataIntegrityProof({signer: key.signer(), cryptosuite, date: request.created});
  return vc.issue({credential: structuredClone(credential), suite, documentLoader, now});
}

// Milliseconds that all threads of this process have computed.
function spent() {
  const {user, system} = process.cpuUsage();
  return (user + system) / 1000;
}

// Calls per second by the clock and by computing time, each the best of several rounds, as the other side counts too.
async function rate(work, seconds, rounds = 5) {
  for(let n = 0; n < 20; n++) {
    await work();
  }
  const best = {clock: 0, computing: 0};
  for(let round = 0; round < rounds; round++) {
    const [start, spentBefore] = [performance.now(), spent()];
    let count = 0;
    while(performance.now() < start + seconds * 1000 / rounds) {
      await work();
      count++;
    }
    best.clock = Math.max(best.clock, count * 1000 / (performance.now() - start));
    best.computing = Math.max(best.computing, count * 1000 / (spent() - spentBefore));
  }
  return best;
}

async function each(documents, work) {
  const found = [];
  for(const document of documents ?? []) {
    found.push(await work(document));
  }
  return found;
}

const answer = {
  verified: await each(request.verify, verify),
  signed: await each(request.sign, sign)
};
if(request.seconds) {
  answer.rates = {
    verify: await each(request.verify, document => rate(() => verify(document), request.seconds)),
    sign: await each(request.sign, document => rate(() => sign(document), request.seconds))
  };
}
console.log(JSON.stringify(answer));
