"""Training vouchers: the right, the voucher's life, the ledger of every grosz."""
