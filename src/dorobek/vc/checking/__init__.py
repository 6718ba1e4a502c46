"""The checks of a verification, one module each; `dorobek.vc.verifying` asks them all."""
