"""`/vc-api/`: the interface of the W3C VC-API for conformance tests and integrators, switched off by default.

It signs with a key of its own that stands for nobody, and keeps nothing but that key: no account, no register.
"""
