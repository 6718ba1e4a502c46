// Whether npm's @digitalbazaar/vc accepts a credential, its status list and its dates included.
//
// Run in the folder that holds its packages: node --input-type=module -e "$(cat four_verifiers.mjs)" <request.json
// Request: {documents: {url: document}, credential, now}. Answer: {verified, errors}.
import {readFileSync} from 'node:fs';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';

const {documents, credential, now} = JSON.parse(readFileSync(0, 'utf8'));

// Nothing is fetched: what is neither at hand nor a did:key is an error.
async function documentLoader(url) {
  if(documents[url]) {
    return {contextUrl: null, documentUrl: url, document: documents[url]};
  }
  if(!url.startsWith('did:key:')) {
    throw new Error(`not at hand: ${url}`);
  }
  const [controller, fragment] = url.split('#');
  const key = controller.slice('did:key:'.length);
  const method = {
    '@context': 'https://w3id.org/security/multikey/v1', type: 'Multikey',
    id: `${controller}#${key}`, controller, publicKeyMultibase: key
  };
  const whole = {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: controller, verificationMethod: [method], assertionMethod: [method.id]
  };
  return {contextUrl: null, documentUrl: url, document: fragment ? method : whole};
}

const suite = new DataIntegrityProof({cryptosuite});
const answer = await vc.verifyCredential({credential, suite, documentLoader, now: new Date(now), checkStatus});
const errors = [answer.error, ...(answer.error?.errors ?? [])].filter(Boolean).map(error => error.message);
const taken = (answer.statusResult?.results ?? []).some(result => result.status);
console.log(JSON.stringify({verified: answer.verified && !taken, errors, status: answer.statusResult}));
