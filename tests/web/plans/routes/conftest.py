from tests.plans.gaps.conftest import cashier, register, target

__all__ = ["cashier", "register", "target"]
