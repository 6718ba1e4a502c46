from tests.plans.gaps.conftest import body, cashier, register, target

__all__ = ["body", "cashier", "register", "target"]
