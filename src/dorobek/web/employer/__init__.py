"""The employer's pages: what people agreed to show, and slips to hand out (SA-19)."""
