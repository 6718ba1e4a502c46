// Answers, line by line, with the canonical N-Quads that npm's jsonld (safe mode) and rdf-canonize make of a document.
// Started by reference.py with the folder that holds node_modules as its argument.
"use strict";
const path = require("node:path");
const readline = require("node:readline");
const modules = path.join(process.argv[2], "node_modules");
const jsonld = require(path.join(modules, "jsonld"));
let contexts = {};

const documentLoader = async (url) => {
  if (!(url in contexts)) throw new Error(`unknown context ${url}`);
  return { contextUrl: null, documentUrl: url, document: contexts[url] };
};

async function answer(request) {
  const { canonize } = await import(path.join(modules, "rdf-canonize/lib/index.js"));
  if (request.contexts) {
    contexts = request.contexts;
    return { text: "" };
  }
  if (request.nquads !== undefined) {
    const options = { algorithm: "RDFC-1.0", inputFormat: "application/n-quads", format: "application/n-quads", maxWorkFactor: 2 };
    return { text: await canonize(request.nquads, options) };
  }
  const dataset = await jsonld.toRDF(request.document, {
    base: null, safe: true, rdfDirection: "i18n-datatype", produceGeneralizedRdf: false, documentLoader,
  });
  return { text: await canonize(dataset, { algorithm: "RDFC-1.0", format: "application/n-quads", maxWorkFactor: 2 }) };
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    let found;
    try {
      found = await answer(JSON.parse(line));
    } catch (error) {
      const event = error.details && error.details.event;
      found = { error: (event && event.code) || (error.details && error.details.code) || error.message };
    }
    process.stdout.write(JSON.stringify(found) + "\n");
  }
})();
