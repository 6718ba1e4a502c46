"""Screens of the applications to the register: public record, applicant, editor, minister's officer (RG-5)."""
