"""Pages of the info centre as text: their simple markup, and the files they are shipped in (RG-9). Pure Python."""
