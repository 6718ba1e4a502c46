"""`Ed25519Signature2020` (Data Integrity EdDSA Cryptosuites 1.0, section 3.4), read only: others signed with it."""

from dorobek.vc.proofs.rdfc import signed_bytes as signed_bytes

TYPE = "Ed25519Signature2020"
